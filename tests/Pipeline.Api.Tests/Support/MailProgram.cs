using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Pipeline.Api.Tests.Support;

/// <summary>A real mail server in a process of its own (tests/smtp-server) on a free port of loopback.</summary>
public sealed class MailProgram : IDisposable
{
    private readonly Process process;

    /// <param name="tls">How it speaks TLS: <c>implicit</c>, <c>starttls</c>; null: not at all.</param>
    public MailProgram(string? tls = null)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            folder = folder.Parent;
        process = Process.Start(
            new ProcessStartInfo(
                "node",
                [
                    Path.Combine(folder!.FullName, "tests", "smtp-server", "server.mjs"),
                    .. tls is null ? Array.Empty<string>() : [$"--{tls}"],
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["SMTP_CERTIFICATE"] = Certificate.Server, ["SMTP_KEY"] = Certificate.Key },
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

    /// <summary>The files of a certificate for 127.0.0.1, of its key, and of the authority that it is from.</summary>
    private static class Certificate
    {
        private static readonly string Folder = Directory.CreateTempSubdirectory("pipeline-mail-").FullName;

        static Certificate()
        {
            using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=City Authority", authorityKey, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            using var authority = request.CreateSelfSigned(from, until);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var own = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(System.Net.IPAddress.Loopback);
            own.CertificateExtensions.Add(names.Build());
            using var certificate = own.Create(authority, from, until, [1, 2, 3, 4]);
            Authority = Write("authority.pem", authority.ExportCertificatePem());
            Server = Write("server.pem", certificate.ExportCertificatePem());
            Key = Write("server.key", key.ExportPkcs8PrivateKeyPem());
        }

        public static string Authority { get; }
        public static string Server { get; }
        public static string Key { get; }

        private static string Write(string name, string text)
        {
            var file = Path.Combine(Folder, name);
            File.WriteAllText(file, text);
            return file;
        }
    }

    /// <summary>A file with the authority that the server's certificate is from.</summary>
    public static string AuthorityFile => Certificate.Authority;
}
