using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using Pipeline.Api;

namespace Pipeline.Chaos;

/// <summary>The program of the last release, built from the commit that <c>db/released</c> names.</summary>
public static class ReleasedProgram
{
    /// <summary>What of the sources a program is built from.</summary>
    private static readonly string[] Sources =
    [
        "api",
        "db",
        "openapi.yaml",
        "global.json",
        "Directory.Build.props",
        "Directory.Packages.props",
        "Directory.Store.props",
    ];

    private static string Root => Layout.Find().Root;

    /// <summary>The number of the release's last migration, and its commit.</summary>
    public static (string Migration, string Commit) Names
    {
        get
        {
            var words = File.ReadAllText(Path.Combine(Root, "db", "released"))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return (words[0], words[1]);
        }
    }

    /// <summary>Builds it, once for each clone, into <c>artifacts/released</c>; the program.</summary>
    /// <exception cref="IgnoreException">These sources come without the release's commit.</exception>
    public static async Task<string> Publish()
    {
        var commit = Names.Commit;
        var folder = Path.Combine(Root, "artifacts", "released", commit);
        var program = Path.Combine(folder, "Pipeline.Api.dll");
        if (File.Exists(program))
            return program;
        if (!await HasCommit(commit))
            Assert.Ignore($"These sources come without the history that holds the release, commit {commit}.");

        // Built aside and put in place as a whole: what is there is complete.
        var aside = Directory.CreateTempSubdirectory("pipeline-released-").FullName;
        try
        {
            var (sources, output) = (Path.Combine(aside, "sources"), Path.Combine(aside, "program"));
            var archive = Path.Combine(aside, "sources.tar");
            await Run(Root, "git", ["archive", "--format=tar", $"--output={archive}", commit, .. Sources]);
            await TarFile.ExtractToDirectoryAsync(archive, Directory.CreateDirectory(sources).FullName, true);
            await Run(
                sources,
                "dotnet",
                [
                    "publish",
                    "api/Pipeline.Api",
                    "-c",
                    "Release",
                    "-o",
                    output,
                    "-p:SkipSpa=true",
                    "-p:RunAnalyzers=false",
                    "-p:UseSharedCompilation=false",
                    "-nodeReuse:false",
                    "-v:q",
                ]
            );
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            Copy(output, folder);
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }

        return program;
    }

    private static async Task<bool> HasCommit(string commit)
    {
        try
        {
            return (await Ends(Root, "git", ["cat-file", "-e", $"{commit}^{{commit}}"])).Code == 0;
        }
        catch (Win32Exception)
        {
            return false; // no git
        }
    }

    /// <summary>Copies a folder; its program, by which it is known to be complete, last. A temporary folder may be on another disk.</summary>
    private static void Copy(string from, string to)
    {
        foreach (
            var file in Directory
                .GetFiles(from, "*", SearchOption.AllDirectories)
                .OrderBy(file => Path.GetFileName(file) == "Pipeline.Api.dll")
        )
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static async Task Run(string folder, string program, string[] arguments)
    {
        var (code, said) = await Ends(folder, program, arguments);
        if (code != 0)
            throw new AssertionException($"{program} {string.Join(' ', arguments)} ended with {code}:\n{said}");
    }

    private static async Task<(int Code, string Said)> Ends(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the build that runs the tests tells its own parts would lead this one astray.
        foreach (var name in start.Environment.Keys.ToList())
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
                start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
