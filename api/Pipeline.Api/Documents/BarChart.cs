using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Pipeline.Api.Documents;

/// <summary>A chart of lying bars as Open XML has it (ISO/IEC 29500-1, DrawingML Charts): its values stand in it, so it needs no workbook.</summary>
internal static class BarChart
{
    private static readonly XNamespace C = "http://schemas.openxmlformats.org/drawingml/2006/chart",
        A = "http://schemas.openxmlformats.org/drawingml/2006/main";

    // English Metric Units: 914 400 an inch, 360 000 a centimetre.
    private const long Width = 15 * 360_000L,
        BarHeight = 280_000,
        Frame = 3 * 360_000L;

    /// <summary>The chart's part.</summary>
    public static string Of(string title, IReadOnlyList<(string Label, decimal Ratio)> bars)
    {
        XElement Value(string name, object value) => new(C + name, new XAttribute("val", value));
        XElement Points(string name, IEnumerable<string> values, params object[] before) =>
            new(
                C + name,
                before,
                Value("ptCount", bars.Count),
                values.Select(
                    (text, at) => new XElement(C + "pt", new XAttribute("idx", at), new XElement(C + "v", text))
                )
            );
        var names = Points("strLit", bars.Select(bar => bar.Label));
        var numbers = Points(
            "numLit",
            bars.Select(bar => bar.Ratio.ToString(CultureInfo.InvariantCulture)),
            new XElement(C + "formatCode", "0.00%")
        );
        XElement Axis(string kind, string own, string other, string position, bool isValue) =>
            new(
                C + kind,
                Value("axId", own),
                new XElement(C + "scaling", Value("orientation", isValue ? "minMax" : "maxMin")),
                Value("delete", isValue ? 1 : 0),
                Value("axPos", position),
                isValue
                    ? new XElement(C + "numFmt", new XAttribute("formatCode", "0%"), new XAttribute("sourceLinked", 0))
                    : null,
                Value("crossAx", other)
            );
        var chart = new XElement(
            C + "chartSpace",
            new XAttribute(XNamespace.Xmlns + "c", C),
            new XAttribute(XNamespace.Xmlns + "a", A),
            new XElement(
                C + "chart",
                new XElement(
                    C + "title",
                    new XElement(
                        C + "tx",
                        new XElement(
                            C + "rich",
                            new XElement(A + "bodyPr"),
                            new XElement(
                                A + "p",
                                new XElement(
                                    A + "r",
                                    new XElement(A + "rPr", new XAttribute("sz", 1200), new XAttribute("b", 0)),
                                    new XElement(A + "t", title)
                                )
                            )
                        )
                    ),
                    Value("overlay", 0)
                ),
                Value("autoTitleDeleted", 0),
                new XElement(
                    C + "plotArea",
                    new XElement(
                        C + "barChart",
                        Value("barDir", "bar"),
                        Value("grouping", "clustered"),
                        Value("varyColors", 0),
                        new XElement(
                            C + "ser",
                            Value("idx", 0),
                            Value("order", 0),
                            new XElement(
                                C + "spPr",
                                new XElement(
                                    A + "solidFill",
                                    new XElement(A + "srgbClr", new XAttribute("val", "C00000"))
                                )
                            ),
                            Value("invertIfNegative", 0),
                            new XElement(
                                C + "dLbls",
                                new XElement(
                                    C + "numFmt",
                                    new XAttribute("formatCode", "0.00%"),
                                    new XAttribute("sourceLinked", 0)
                                ),
                                Value("showLegendKey", 0),
                                Value("showVal", 1),
                                Value("showCatName", 0),
                                Value("showSerName", 0),
                                Value("showPercent", 0),
                                Value("showBubbleSize", 0)
                            ),
                            new XElement(C + "cat", names),
                            new XElement(C + "val", numbers)
                        ),
                        Value("gapWidth", 60),
                        Value("axId", "1"),
                        Value("axId", "2")
                    ),
                    Axis("catAx", "1", "2", "l", isValue: false),
                    Axis("valAx", "2", "1", "t", isValue: true)
                ),
                Value("plotVisOnly", 1)
            )
        );
        return new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), chart).ToString();
    }

    /// <summary>What shows the chart in the text.</summary>
    /// <param name="part">The id of its part.</param>
    public static Drawing Drawing(string part, string title, int number, int bars)
    {
        XNamespace wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
            r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        var drawing = new XElement(
            w + "drawing",
            new XElement(
                wp + "inline",
                new XElement(
                    wp + "extent",
                    new XAttribute("cx", Width),
                    new XAttribute("cy", Frame + (bars * BarHeight))
                ),
                new XElement(
                    wp + "docPr",
                    new XAttribute("id", number),
                    new XAttribute("name", title),
                    new XAttribute("descr", title)
                ),
                new XElement(
                    A + "graphic",
                    new XElement(
                        A + "graphicData",
                        new XAttribute("uri", C.NamespaceName),
                        new XElement(C + "chart", new XAttribute(r + "id", part))
                    )
                )
            )
        );
        return new Drawing(drawing.ToString(SaveOptions.DisableFormatting));
    }
}
