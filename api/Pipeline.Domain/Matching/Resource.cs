namespace Pipeline.Domain.Matching;

/// <summary>Reads the lists that are compiled into the program.</summary>
internal static class Resource
{
    /// <summary>The lines of a list.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>The words of a list, separated by blanks and line ends.</summary>
    public static IEnumerable<string> Words(string name) =>
        Lines(name).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
