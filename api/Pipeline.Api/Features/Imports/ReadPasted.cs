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
        var headers = headed.Known >= Math.Min(2, first.Count(cell => cell.Trim().Length > 0)) && rows.Count > 1;
        if (rows.Count == 0)
            return null;
        var columns = headers ? headed : Unheaded.Guess(first, places, classes, language == Messages.English);
        var cells = rows[headers ? 1 : 0].Cells;
        var row = RowReader.Read(1, cells, new ReadingContext(columns, places, classes, new HashSet<string>(), today));
        return new Response
        {
            Project = RowSays.Body(
                units.ToDictionary(unit => unit.Id, StringComparer.Ordinal),
                row,
                RowSays.StageOf(row)
            ),
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
                            unread.Text.Length > 0 && (at >= columns.Columns.Count || columns.Columns[at].Field is null)
                    ),
            ],
            Headers = headers,
            Rows = rows.Count - (headers ? 1 : 0),
        };
    }
}
