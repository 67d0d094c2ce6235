using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Architecture.Tests;

/// <summary>What the program is installed by: the unit of systemd keeps it in, the image and the archive hold what they should, and the manual says the same.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string Root = Api.Layout.Find().Root;
    private static readonly string Unit = Path.Combine(Root, "deploy", "pipeline.service");

    /// <summary>What must stand in the unit, whether or not systemd is at hand to judge it.</summary>
    [TestCase("User=pipeline")]
    [TestCase("NoNewPrivileges=yes")]
    [TestCase("CapabilityBoundingSet=")]
    [TestCase("ProtectSystem=strict")]
    [TestCase("ProtectHome=yes")]
    [TestCase("PrivateTmp=yes")]
    [TestCase("PrivateDevices=yes")]
    [TestCase("PrivateUsers=yes")]
    [TestCase("ProtectClock=yes")]
    [TestCase("ProtectKernelModules=yes")]
    [TestCase("ProtectKernelTunables=yes")]
    [TestCase("ProtectControlGroups=yes")]
    [TestCase("RestrictNamespaces=yes")]
    [TestCase("RestrictSUIDSGID=yes")]
    [TestCase("LockPersonality=yes")]
    [TestCase("SystemCallFilter=@system-service")]
    [TestCase("RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX")]
    [TestCase("LoadCredential=signing-key:/etc/pipeline/signing-key")]
    public void The_unit_keeps_the_service_in(string setting) => File.ReadLines(Unit).ShouldContain(setting);

    [Test]
    public void The_unit_gives_no_secret_and_no_setting_that_there_is_not()
    {
        var settings = File.ReadLines(Unit)
            .Where(line => line.StartsWith("Environment=", StringComparison.Ordinal))
            .Select(line => line["Environment=".Length..].Split('=')[0])
            .Where(name => name.Contains("__", StringComparison.Ordinal))
            .Select(name => name.Replace("__", ":", StringComparison.Ordinal))
            .ToList();
        settings.Count.ShouldBe(2);
        settings.ShouldAllBe(name =>
            Api.Settings.KnownSettings.Secrets.Any(secret => secret + Api.Settings.KnownSettings.FileEnding == name)
        );
    }

    /// <summary>systemd judges the unit itself, where it is at hand: it can be read, and less than 2 of 10 is exposed.</summary>
    [Test]
    public void Systemd_finds_the_unit_sound_and_little_exposed()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
            Assert.Ignore("systemd-analyze is not here; the settings themselves are held by the other tests.");
        var (code, said) = Run("security", "--offline=true", "--threshold=20", Unit);
        code.ShouldBe(0, said);
        var exposure = Exposure().Match(said).Groups["exposure"].Value;
        decimal.Parse(exposure, CultureInfo.InvariantCulture).ShouldBeLessThan(2m, said);

        // What runs may be elsewhere on this machine; everything else has to be right.
        var copy = Path.Combine(Directory.CreateTempSubdirectory("pipeline-unit-").FullName, "pipeline.service");
        File.WriteAllText(
            copy,
            File.ReadAllText(Unit).Replace("/usr/bin/dotnet", Environment.ProcessPath, StringComparison.Ordinal)
        );
        (code, said) = Run("verify", copy);
        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        code.ShouldBe(0, said);
        said.ShouldBeEmpty();
    }

    [Test]
    public void The_archive_holds_the_manual_the_unit_and_the_lists_of_what_is_in_it()
    {
        var script = File.ReadAllText(Path.Combine(Root, "deploy", "pack.sh"));
        foreach (
            var part in new[]
            {
                "docs/*.md docs/*.json docs/*.yaml",
                "deploy/pipeline.service",
                "sbom-program.cdx.json",
                "sbom-pages.cdx.json",
                "SHA256SUMS",
                "set -euo pipefail",
            }
        )
            script.ShouldContain(part);

        // Tools are pinned: the one of .NET in the manifest, the one of npm in the script.
        Pinned().IsMatch(script).ShouldBeTrue();
        File.ReadAllText(Path.Combine(Root, ".config", "dotnet-tools.json")).ShouldContain("\"cyclonedx\"");
    }

    /// <summary>Images of databases, proxies and runtimes name a version; nothing of secrets goes into one; what compose sets are settings.</summary>
    [Test]
    public void Image_and_compose_file_name_versions_and_settings_that_there_are()
    {
        var compose = File.ReadAllText(Path.Combine(Root, "compose.yaml"));
        var docker = File.ReadAllText(Path.Combine(Root, "Dockerfile"));
        Images()
            .Matches(compose + "\n" + docker)
            .Select(match => match.Groups["image"].Value)
            .Where(image => image is not ("pipeline" or "build" or "node"))
            .ShouldAllBe(image =>
                image.Contains(':', StringComparison.Ordinal) && !image.EndsWith(":latest", StringComparison.Ordinal)
            );
        docker.ShouldContain("USER $APP_UID");
        File.ReadLines(Path.Combine(Root, ".dockerignore")).ShouldContain("secrets");
        foreach (Match setting in Settings().Matches(compose))
        {
            var key = setting.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal);
            (
                Api.Settings.KnownSettings.All.Any(known => known.Key == key)
                || Api.Settings.KnownSettings.Secrets.Any(secret => secret + ":File" == key)
            ).ShouldBeTrue(key);
        }
    }

    /// <summary>The settings that the manual's examples give exist.</summary>
    [Test]
    public void The_manual_names_settings_that_there_are()
    {
        foreach (var document in new[] { "operations.md", "configuration.md" })
        {
            foreach (Match setting in Assigned().Matches(File.ReadAllText(Path.Combine(Root, "docs", document))))
            {
                var key = setting.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal);
                (
                    Api.Settings.KnownSettings.All.Any(known => known.Key == key)
                    || Api.Settings.KnownSettings.Secrets.Any(secret => secret + ":File" == key)
                ).ShouldBeTrue($"{document}: {key}");
            }
        }
    }

    private static (int Code, string Said) Run(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/systemd-analyze", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, output.Result + errors.Result);
    }

    [GeneratedRegex(@"exposure level for pipeline\.service: (?<exposure>[\d.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Exposure();

    [GeneratedRegex(@"@cyclonedx/cyclonedx-npm@\d+\.\d+\.\d+", RegexOptions.ExplicitCapture)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^(FROM|\s+image:) (?<image>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Images();

    [GeneratedRegex(@"^\s+(?<key>[A-Z]\w+__\w+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Settings();

    [GeneratedRegex(@"\b(?<key>[A-Z][A-Za-z]+__[A-Za-z_]+)=", RegexOptions.ExplicitCapture)]
    private static partial Regex Assigned();
}
