using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipeline.Api.Tests.Support;

/// <summary>A real mail server in a process of its own (tests/smtp-server) on a free port of loopback.</summary>
public sealed class MailProgram : IDisposable
{
    private readonly Process process;

    public MailProgram()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            folder = folder.Parent;
        process = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(folder!.FullName, "tests", "smtp-server", "server.mjs")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var ready = process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("The mail server of the tests did not start.");
        Port = int.Parse(ready["ready ".Length..], CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    /// <summary>The settings of a program that sends through it.</summary>
    public Dictionary<string, string?> Settings =>
        new()
        {
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["Mail:From"] = "首报首谈 <pipeline@city.example>",
            ["Mail:StartTls"] = "false",
            ["Mail:PublicUrl"] = "https://pipeline.city.example/",
        };

    /// <summary>Everything it received so far, in the order of arrival.</summary>
    public IReadOnlyList<JsonNode> Mails => [.. JsonNode.Parse(Ask("mails"))!.AsArray().Select(mail => mail!)];

    /// <summary>The subjects of what one recipient received.</summary>
    public IReadOnlyList<string> To(string address) =>
        [.. Mails.Where(mail => (string)mail["to"]![0]! == address).Select(mail => (string)mail["subject"]!)];

    /// <summary>Drops every connection until it is up again.</summary>
    public void GoesDown() => Ask("down");

    public void ComesUp() => Ask("up");

    private string Ask(string command)
    {
        process.StandardInput.WriteLine(command);
        process.StandardInput.Flush();
        return process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("The mail server of the tests ended.");
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
