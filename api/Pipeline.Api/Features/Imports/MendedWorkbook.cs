using System.IO.Compression;
using System.Xml;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>
/// A workbook as the reader can take it: the namespaces of Strict Open XML made those of the ordinary kind, and cells that the reader would pass over as blank,
/// error values and formulas never calculated, made marked texts. Only workbooks that need it are rewritten, after their bounds were checked.
/// </summary>
internal static class MendedWorkbook
{
    private const char Error = '\uE0F3',
        Formula = '\uE0F4';

    private const string Strict = "http://purl.oclc.org/ooxml/",
        Ordinary = "http://schemas.openxmlformats.org/";

    /// <summary>The cell that a text in the reader's hands stands for.</summary>
    public static RawCell Cell(string text) =>
        text.Length == 0 ? new RawCell("")
        : text[0] == Error ? Troubled(text[1..], ImportCodes.CellError)
        : text[0] == Formula ? Troubled("=" + text[1..], ImportCodes.NotCalculated)
        : new RawCell(text);

    private static RawCell Troubled(string text, string code) => new(text, Numeric: false, new CellMark(text, code));

    public static byte[] Of(byte[] content, CancellationToken cancel)
    {
        using var mended = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read))
        using (var to = new ZipArchive(mended, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                cancel.ThrowIfCancellationRequested();
                using var source = entry.Open();
                using var target = to.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
                if (
                    entry.Name.EndsWith(".xml", StringComparison.Ordinal)
                    || entry.Name.EndsWith(".rels", StringComparison.Ordinal)
                )
                    Copy(source, target, cancel);
                else
                    source.CopyTo(target);
            }
        }

        return mended.ToArray();
    }

    private static void Copy(Stream source, Stream target, CancellationToken cancel)
    {
        using var reader = XmlReader.Create(
            source,
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
        );
        using var writer = XmlWriter.Create(target);
        reader.Read();
        while (!reader.EOF)
        {
            cancel.ThrowIfCancellationRequested();
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" } && Marked(reader, writer))
                continue;
            One(reader, writer);
            reader.Read();
        }
    }

    /// <summary>Writes a cell in trouble as a marked text, and a day kept as text as the text it is; false, and nothing read, for any other.</summary>
    private static bool Marked(XmlReader reader, XmlWriter writer)
    {
        if (reader.IsEmptyElement)
            return false;
        var (name, type, style) = (reader.GetAttribute("r"), reader.GetAttribute("t"), reader.GetAttribute("s"));
        var (prefix, space) = (reader.Prefix, Renamed(reader.NamespaceURI));
        var document = new XmlDocument { XmlResolver = null };
        var cell = (XmlElement)document.ReadNode(reader)!;
        string? Child(string child) =>
            cell.ChildNodes.OfType<XmlElement>().FirstOrDefault(each => each.LocalName == child)?.InnerText;
        var text =
            type == "d" ? Child("v")
            : type == "e" ? $"{Error}{Child("v")}"
            : Child("f") is { } formula && Child("v") is null && Child("is") is null ? $"{Formula}{formula}"
            : null;
        writer.WriteStartElement(prefix, "c", space);
        if (name is not null)
            writer.WriteAttributeString("r", name);
        if (style is not null)
            writer.WriteAttributeString("s", style);
        if (text is not null)
        {
            writer.WriteAttributeString("t", "inlineStr");
            writer.WriteStartElement(prefix, "is", space);
            writer.WriteElementString(prefix, "t", space, text);
            writer.WriteEndElement();
        }
        else
        {
            if (type is not null)
                writer.WriteAttributeString("t", type);
            using var inside = new XmlNodeReader(cell);
            inside.Read();
            inside.Read();
            while (inside is { EOF: false, Depth: > 0 })
            {
                One(inside, writer);
                inside.Read();
            }
        }

        writer.WriteEndElement();
        return true;
    }

    private static void One(XmlReader reader, XmlWriter writer)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var isEmpty = reader.IsEmptyElement;
                writer.WriteStartElement(reader.Prefix, reader.LocalName, Renamed(reader.NamespaceURI));
                while (reader.MoveToNextAttribute())
                {
                    if (reader is { Name: "xmlns" } or { Prefix: "xmlns" })
                        writer.WriteAttributeString(
                            reader.Prefix.Length == 0 ? "" : "xmlns",
                            reader.Prefix.Length == 0 ? "xmlns" : reader.LocalName,
                            null,
                            Renamed(reader.Value)
                        );
                    else
                        writer.WriteAttributeString(
                            reader.Prefix,
                            reader.LocalName,
                            Renamed(reader.NamespaceURI),
                            reader is { LocalName: "Type" } ? Renamed(reader.Value) : reader.Value
                        );
                }

                reader.MoveToElement();
                if (isEmpty)
                    writer.WriteEndElement();
                break;
            case XmlNodeType.EndElement:
                writer.WriteFullEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                writer.WriteString(reader.Value);
                break;
            case XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                writer.WriteWhitespace(reader.Value);
                break;
            default:
                break;
        }
    }

    /// <summary>purl.oclc.org/ooxml/spreadsheetml/main is schemas.openxmlformats.org/spreadsheetml/2006/main.</summary>
    private static string Renamed(string uri)
    {
        if (!uri.StartsWith(Strict, StringComparison.Ordinal))
            return uri;
        var parts = uri[Strict.Length..].Split('/', 2);
        return parts.Length == 2 ? $"{Ordinary}{parts[0]}/2006/{parts[1]}" : uri;
    }
}
