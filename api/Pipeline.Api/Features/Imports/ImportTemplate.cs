using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Projects;
using Column = DocumentFormat.OpenXml.Spreadsheet.Column;
using Columns = DocumentFormat.OpenXml.Spreadsheet.Columns;

namespace Pipeline.Api.Features.Imports;

/// <summary>An empty register to fill in, made of the fields that an import knows: headings, lists to choose from, and explanations with an example. What it offers is read back without a doubt.</summary>
public static class ImportTemplate
{
    private const int Rows = 2000;

    /// <summary>What a register of the centre's own has, and nobody fills in.</summary>
    private static readonly string[] LeftOut = [ImportFields.ProjectCode, ImportFields.Industry, ImportFields.Source];

    private static readonly Dictionary<string, (string Zh, string En)> Examples = new(StringComparer.Ordinal)
    {
        [ImportFields.Number] = ("1", "1"),
        [ImportFields.Name] = ("氢能装备制造基地", "Hydrogen equipment base"),
        [ImportFields.Investor] = ("上海某某氢动力有限公司", "Example Hydrogen Co., Ltd"),
        [ImportFields.Country] = ("中国", "China"),
        [ImportFields.TotalInvestment] = ("12亿元", "1.2 billion CNY"),
        [ImportFields.Currency] = ("人民币", "CNY"),
        [ImportFields.IndustryCode] = ("3411", "3411"),
        [ImportFields.Chain] = ("氢能", "Hydrogen"),
        [ImportFields.Stage] = ("在谈", "in talks"),
        [ImportFields.ReportedOn] = ("2026-03-18", "2026-03-18"),
    };

    public static async Task<IResult> Handle(Call call)
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        var language = Messages.Language(call.Request);
        var units = await call.Read(session =>
            session.Query<string>("SELECT name FROM jurisdictions WHERE active = 1 AND reports = 1 ORDER BY name")
        );
        call.Context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.File(Write(language, units), CorrectionsWorkbook.ContentType, "register-template.xlsx");
    }

    private static byte[] Write(string language, IReadOnlyList<string> units)
    {
        string Word(string key) => Messages.Text(language, $"template.{key}");
        var fields = ImportFields.All.Where(field => !LeftOut.Contains(field.Key)).ToList();
        var choices = fields
            .Select(field => (Field: field, Values: ChoicesOf(field, language, units)))
            .Where(field => field.Values.Count > 0)
            .ToList();
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();

            // The same fields make the same file: ids are not drawn.
            document.ChangeIdOfPart(workbook, "rId1");
            var sheets = new Sheets();
            var register = Add(Word("sheet"), [fields.Select(field => Title(field, language))], frozen: true);
            register.Append(Validations(fields, choices, Word("choices")));
            Add(
                Word("help"),
                [
                    [Word("field"), Word("required"), Word("accepts"), Word("example"), Word("also")],
                    .. fields.Select(field =>
                        (IEnumerable<string>)
                            [
                                Title(field, language),
                                Word(field.Required ? "yes" : "no"),
                                Accepts(field, choices.Any(each => each.Field == field), Word),
                                Examples.TryGetValue(field.Key, out var example)
                                    ? language == Messages.English
                                        ? example.En
                                        : example.Zh
                                    : "",
                                string.Join(
                                    '、',
                                    field.Aliases.Where(alias => alias != Title(field, language)).Take(6)
                                ),
                            ]
                    ),
                ],
                frozen: true
            );
            Add(
                Word("choices"),
                [
                    choices.Select(each => Title(each.Field, language)),
                    .. Enumerable
                        .Range(0, choices.Max(each => each.Values.Count))
                        .Select(at => choices.Select(each => each.Values.ElementAtOrDefault(at) ?? "")),
                ],
                frozen: false
            );
            workbook.Workbook = new Workbook(sheets);

            Worksheet Add(string name, IEnumerable<IEnumerable<string>> rows, bool frozen)
            {
                var part = workbook.AddNewPart<WorksheetPart>($"rId{sheets.Count() + 1}");
                var sheet = new Worksheet();
                if (frozen)
                    sheet.Append(
                        new SheetViews(
                            new SheetView(
                                new Pane
                                {
                                    VerticalSplit = 1,
                                    TopLeftCell = "A2",
                                    ActivePane = PaneValues.BottomLeft,
                                    State = PaneStateValues.Frozen,
                                }
                            )
                            {
                                WorkbookViewId = 0,
                            }
                        )
                    );
                sheet.Append(
                    new Columns(
                        new Column
                        {
                            Min = 1,
                            Max = 60,
                            Width = 18,
                            CustomWidth = true,
                        }
                    )
                );
                sheet.Append(new SheetData(rows.Select(row => new Row(row.Select(Cell)))));
                part.Worksheet = sheet;
                sheets.Append(
                    new Sheet
                    {
                        Name = name,
                        SheetId = (uint)sheets.Count() + 1,
                        Id = workbook.GetIdOfPart(part),
                    }
                );
                return sheet;
            }
        }

        return stream.ToArray();
    }

    private static string Title(ImportField field, string language) =>
        language == Messages.English ? field.En : field.Zh;

    private static string Accepts(ImportField field, bool isChosen, Func<string, string> word)
    {
        var plain = PlainFact.Named(field.Key);
        return word(
            isChosen ? "choice"
            : field.Key == ImportFields.IndustryCode ? "code"
            : field.Key == ImportFields.TotalInvestment || plain?.Shape == FactShape.Money ? "amount"
            : field.Key.EndsWith("On", StringComparison.Ordinal) ? "day"
            : plain?.Shape is FactShape.Number or FactShape.Whole ? "number"
            : "text"
        );
    }

    /// <summary>What can be chosen for a field, in the words in which it is read back; nothing where anything may be written.</summary>
    private static IReadOnlyList<string> ChoicesOf(ImportField field, string language, IReadOnlyList<string> units) =>
        field.Key switch
        {
            ImportFields.Stage =>
            [
                .. Enum.GetValues<Stage>().Select(stage => Messages.Text(language, Messages.KeyOf(stage))),
            ],
            ImportFields.Jurisdiction => units,
            ImportFields.ContactKind =>
            [
                .. new[] { ContactKind.Visit, ContactKind.Reception, ContactKind.Meeting, ContactKind.Letter }.Select(
                    kind => Messages.Text(language, $"template.contact.{Slug.Of(kind)}")
                ),
            ],
            _ => PlainFact.Named(field.Key) is { } plain
                ? [.. plain.Choices.Select(choice => choice.Title(language))]
                : [],
        };

    private static DataValidations Validations(
        IReadOnlyList<ImportField> fields,
        IReadOnlyList<(ImportField Field, IReadOnlyList<string> Values)> choices,
        string choicesSheet
    ) =>
        new(
            choices.Select(
                (each, at) =>
                    new DataValidation
                    {
                        Type = DataValidationValues.List,
                        AllowBlank = true,
                        ShowErrorMessage = false, // what else is written is doubted by the import, and said there
                        SequenceOfReferences = new ListValue<StringValue>
                        {
                            InnerText =
                                $"{Letters(fields.ToList().IndexOf(each.Field))}2:{Letters(fields.ToList().IndexOf(each.Field))}{Rows}",
                        },
                        Formula1 = new Formula1(
                            $"'{choicesSheet}'!${Letters(at)}$2:${Letters(at)}${each.Values.Count + 1}"
                        ),
                    }
            )
        );

    /// <summary>A column's name in Excel, from 0: A, Z, AA.</summary>
    private static string Letters(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    private static Cell Cell(string text) =>
        new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
}
