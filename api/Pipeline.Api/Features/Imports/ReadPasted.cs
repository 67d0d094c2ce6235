using System.Globalization;
using System.Text;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>One row copied from a spreadsheet, with its headers or without, understood as an import would understand it. Nothing is stored, and it is compared with nothing (R20).</summary>
public static class ReadPasted
{
    public sealed record Request
    {
        /// <summary>The cells, parted by tabs; rows by line breaks.</summary>
        public string? Text { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Text).Required().Text(20_000);
    }

    /// <summary>A cell of which nothing was taken.</summary>
    public sealed record Unread(string Column, string Text);

    public sealed record Response
    {
        public required ProjectBody Project { get; init; }
        public ReadContact? Contact { get; init; }
        public required IReadOnlyList<RowIssueView> Issues { get; init; }
        public required IReadOnlyList<Unread> Unread { get; init; }

        /// <summary>Whether the first row was one of headers; else the columns were told by their content.</summary>
        public required bool Headers { get; init; }

        /// <summary>How many rows were pasted; the first is read.</summary>
        public required int Rows { get; init; }
    }

    /// <summary>A substantive contact as the row gives it.</summary>
    public sealed record ReadContact(string? Kind, DateOnly? OccurredOn, string? Note);

    public static async Task<IResult> Handle(Call call, Industries industries)
    {
        var body = await call.Body(Validation.Of<Validator>());
        if (body.Refusal is { } malformed)
            return (Reply)malformed;
        var text = body.Value!.Text!;
        RegisterSheet sheet;
        try
        {
            sheet = SheetReader.Read(
                Encoding.UTF8.GetBytes(text.Contains('\t', StringComparison.Ordinal) ? text : text + "\t")
            )[0];
        }
        catch (UnreadableSheetException error)
        {
            return (Reply)Refusal.Invalid(new FieldError("text", error.Code, [.. error.Args]));
        }

        return await call.Read<IResult>(async session =>
        {
            var units = await JurisdictionRow.All(session);
            return
                Understand(sheet, units, industries, session.Today, Messages.Language(call.Request)) is { } understood
                ? Reply.Plain(understood)
                : (Reply)Refusal.Invalid(new FieldError("text", "required"));
        });
    }

    private static Response? Understand(
        RegisterSheet sheet,
        IReadOnlyList<JurisdictionRow> units,
        Industries industries,
        DateOnly today,
        string language
    )
    {
        var rows = sheet.Rows.Where(row => row.Cells.Any(cell => cell.Text.Trim().Length > 0)).ToList();
        var places = ImportRun.Places(units);
        var classes = industries.Directory;
        var first = rows.Count == 0 ? [] : rows[0].Cells.Select(cell => cell.Text).ToList();
        var headed = Columns.Map(first);

        // One word that happens to be a header is no row of headers.
        var headers =
            headed.Known + first.Count(IsOfPerson) >= Math.Min(2, first.Count(cell => cell.Trim().Length > 0))
            && rows.Count > 1;
        if (rows.Count == 0)
            return null;
        var columns = headers ? headed : Unheaded.Guess(first, places, classes, language == Messages.English);
        var cells = rows[headers ? 1 : 0].Cells;
        var row = RowReader.Read(1, cells, new ReadingContext(columns, places, classes, new HashSet<string>(), today));
        var project = RowSays.Body(
            units.ToDictionary(unit => unit.Id, StringComparer.Ordinal),
            row,
            RowSays.StageOf(row)
        );
        var person = headers ? PersonIn(columns, cells) : null;
        return new Response
        {
            Project = person is null ? project : project with { Contacts = [person] },
            Contact = row.Contact is { } contact
                ? new ReadContact(contact.Kind, contact.OccurredOn, contact.Note)
                : null,
            Issues =
            [
                .. row
                    .Issues.Where(issue => issue.Code is not (ImportCodes.StageUnknown or ImportCodes.OwnerUnknown))
                    .Select(issue => new RowIssueView
                    {
                        Column = issue.Column,
                        Field = issue.Field,
                        Code = issue.Code,
                        Severity = ImportCodes.SeverityOf(issue.Code),
                        Message = Messages
                            .Text(
                                language,
                                $"code.{issue.Code}",
                                [
                                    .. issue.Args.Select(arg =>
                                        (object)(Convert.ToString(arg, CultureInfo.InvariantCulture) ?? "")
                                    ),
                                    .. Enumerable.Repeat("", 3),
                                ]
                            )
                            .Trim(),
                        Original = issue.Original,
                    }),
            ],
            Unread =
            [
                .. cells
                    .Select(
                        (cell, at) =>
                            new Unread(
                                at < columns.Columns.Count ? columns.Columns[at].Header.Trim() : "",
                                cell.Text.Trim()
                            )
                    )
                    .Where(
                        (unread, at) =>
                            unread.Text.Length > 0
                            && (at >= columns.Columns.Count || columns.Columns[at].Field is null)
                            && (person is null || !IsOfPerson(unread.Column))
                    ),
            ],
            Headers = headers,
            Rows = rows.Count - (headers ? 1 : 0),
        };
    }

    /// <summary>What headings call the contact person. An import reads none of it: what it keeps of a row is not sealed; here nothing is kept.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> OfPerson = new Dictionary<string, string[]>
    {
        [nameof(PersonBody.Name)] = ["联系人", "联系人姓名", "企业联系人", "contact", "contactperson"],
        [nameof(PersonBody.Phone)] = ["电话", "联系电话", "手机", "手机号", "联系方式", "phone", "mobile"],
        [nameof(PersonBody.Title)] = ["职务", "联系人职务", "position"],
        [nameof(PersonBody.Email)] = ["邮箱", "电子邮箱", "email"],
    };

    private static bool IsOfPerson(string header) => OfPerson.Values.Any(words => words.Contains(Written.Bare(header)));

    /// <summary>The contact person that a row names; null where it names none.</summary>
    private static PersonBody? PersonIn(ColumnMap columns, IReadOnlyList<RawCell> cells)
    {
        string? Cell(string member)
        {
            for (var at = 0; at < Math.Min(columns.Columns.Count, cells.Count); at++)
            {
                var column = columns.Columns[at];
                if (column.Field is null && OfPerson[member].Contains(Written.Bare(column.Header)))
                    return cells[at].Text.Trim() is { Length: > 0 } text ? text : null;
            }

            return null;
        }

        return Cell(nameof(PersonBody.Name)) is not { } name
            ? null
            : new PersonBody
            {
                Name = name,
                Phone = Cell(nameof(PersonBody.Phone)),
                Title = Cell(nameof(PersonBody.Title)),
                Email = Cell(nameof(PersonBody.Email)),
            };
    }
}
