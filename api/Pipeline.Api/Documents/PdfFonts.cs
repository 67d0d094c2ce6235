using System.IO.Compression;
using PdfSharp.Fonts;

namespace Pipeline.Api.Documents;

/// <summary>The letters that PDFs carry: a city's own where it has put some, else Noto Serif SC, which comes with the program (SIL Open Font License 1.1).</summary>
/// <remarks>PDFsharp asks one resolver per process, for TrueType outlines alone. A city's own stand in <see cref="Folder"/>: <c>title.ttf</c>, <c>black.ttf</c>, <c>script.ttf</c>, <c>text.ttf</c>, for instance 方正小标宋, 黑体, 楷体 and 仿宋, which may not be given away.</remarks>
internal sealed class PdfFonts : IFontResolver
{
    private const string Own = "noto-serif-sc";

    private static readonly Lazy<byte[]> NotoSerif = new(() =>
    {
        using var packed = typeof(PdfFonts).Assembly.GetManifestResourceStream("noto-serif-sc.ttf.br")!;
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    });

    /// <summary>Where a city's own letters stand; null where it has none.</summary>
    public string? Folder { get; init; }

    /// <summary>The family that PDFsharp is asked for.</summary>
    public static string FamilyOf(Face face) => face.ToString().ToLowerInvariant();

    /// <summary>From now on PDFs are written with the letters of a folder. It is asked once, at the start.</summary>
    /// <exception cref="InvalidOperationException">The folder is not there, or a file in it is no TrueType font.</exception>
    public static void Use(string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
            throw new InvalidOperationException($"Documents:Fonts names {folder}, which is no folder.");
        foreach (var face in folder is null ? [] : Enum.GetValues<Face>())
        {
            if (FileOf(folder, face) is { } file && !IsTrueType(file))
                throw new InvalidOperationException($"Documents:Fonts: {file} is no TrueType font (.ttf).");
        }

        GlobalFontSettings.FontResolver ??= new PdfFonts { Folder = folder };
    }

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic)
    {
        var face = Enum.Parse<Face>(familyName, ignoreCase: true);
        return FileOf(Folder, face) is null
            ? new FontResolverInfo(Own, mustSimulateBold: face is Face.Title or Face.Black, mustSimulateItalic: false)
            : new FontResolverInfo(familyName);
    }

    public byte[] GetFont(string faceName) =>
        faceName == Own
            ? NotoSerif.Value
            : File.ReadAllBytes(FileOf(Folder, Enum.Parse<Face>(faceName, ignoreCase: true))!);

    private static string? FileOf(string? folder, Face face) =>
        folder is not null && Path.Combine(folder, $"{FamilyOf(face)}.ttf") is var file && File.Exists(file)
            ? file
            : null;

    private static bool IsTrueType(string file)
    {
        Span<byte> head = stackalloc byte[4];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual<byte>([0, 1, 0, 0]);
    }
}
