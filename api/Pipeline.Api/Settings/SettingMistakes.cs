namespace Pipeline.Api.Settings;

/// <summary>Gathers what is wrong with the configuration, so that all of it is told at once.</summary>
public sealed class SettingMistakes
{
    private readonly List<string> found = [];

    /// <summary>Looks at the keys, and puts in the secrets that stand in files (<c>…:File</c>).</summary>
    public void Look(IConfigurationBuilder builder, IConfiguration configuration)
    {
        var secrets = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in KnownSettings.Secrets)
        {
            var fileKey = key + KnownSettings.FileEnding;
            if (configuration[fileKey] is not { } file)
                continue;
            if (configuration[key] is { Length: > 0 })
                found.Add($"{key} and {fileKey} are both set; only one of them may be.");
            else if (Read(fileKey, file) is { } secret)
                secrets[key] = secret;
        }

        builder.AddInMemoryCollection(secrets);
        found.AddRange(KnownSettings.Mistakes(configuration));
    }

    /// <summary>Tries what reads settings and says what is wrong with one.</summary>
    public void Try(Action read)
    {
        try
        {
            read();
        }
        catch (InvalidOperationException error)
        {
            found.Add(error.Message);
        }
    }

    /// <summary>Ends the start when there are any.</summary>
    /// <exception cref="InvalidOperationException">There are: the message has a line for each.</exception>
    public void Refuse()
    {
        // What the framework says of a value that was told of already is no further mistake.
        var told = found.Distinct().ToList();
        var lines = told.Where(line =>
            !line.StartsWith("Failed to convert configuration value", StringComparison.Ordinal)
        );
        if (told.Count > 0)
            throw new InvalidOperationException(string.Join('\n', lines.Any() ? lines : told));
    }

    private string? Read(string key, string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            text =
                text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
                : text.EndsWith('\n') ? text[..^1]
                : text;
            if (!string.IsNullOrWhiteSpace(text))
                return text;
            found.Add($"{key}: {file} is empty.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            found.Add($"{key}: {file} does not exist.");
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            found.Add($"{key}: {file} cannot be read ({error.Message})");
        }

        return null;
    }
}
