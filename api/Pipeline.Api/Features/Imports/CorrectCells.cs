using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Keeps what a person writes in the place of cells of a dry run. Nothing is judged before it is run again; what stands in the file stays beside it (R50).</summary>
public static class CorrectCells
{
    /// <summary>How many cells one request may correct.</summary>
    public const int Most = 500;

    private const int LongestText = 4000;

    /// <summary>One cell: null takes its correction back.</summary>
    public sealed record Item
    {
        public int? RowNumber { get; init; }
        public string? Column { get; init; }
        public string? Text { get; init; }

        public sealed class Validator : AbstractValidator<Item>
        {
            public Validator()
            {
                RuleFor(item => item.RowNumber).Required();
                RuleFor(item => item.Column).Required();
                RuleFor(item => item.Text).Text(LongestText);
            }
        }
    }

    public sealed record Request
    {
        public IReadOnlyList<Item>? Items { get; init; }

        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Items).Required();
                RuleFor(request => request.Items).AtMost(Most);
                RuleForEach(request => request.Items)
                    .Cascade(CascadeMode.Continue)
                    .NotNull()
                    .Coded("required")
                    .SetValidator(Validation.Of<Item.Validator>());
            }
        }
    }

    public static async Task<IResult> Handle(string id, Call call)
    {
        var body = await call.Body(Validation.Of<Request.Validator>());
        return await call.Write(async session =>
        {
            if (await ReadImports.Load(session, call.Caller, id) is not { } import)
                return Refusal.NotFound;
            if (import.JurisdictionId != call.Caller.JurisdictionId)
                return Refusal.Forbidden;
            if (body.Refusal is { } malformed)
                return malformed;
            if (RefusalOf(import) is { } refusal)
                return refusal;
            var items = body.Value!.Items!;
            var known = await Known(session, id, items);
            var cells = new Dictionary<(int Row, int Place), (string Header, string Original, string? Text)>();
            for (var at = 0; at < items.Count; at++)
            {
                var (row, column) = (items[at].RowNumber!.Value, items[at].Column!);
                if (!known.TryGetValue(row, out var original))
                    return Refusal.Invalid(new FieldError($"items[{at}].rowNumber", "unknown-row"));
                var place = original.FindIndex(cell => cell.Key == column);
                if (place < 0 || column is Tables.SheetHeader or Tables.StageSheetHeader or Tables.SheetRowHeader)
                    return Refusal.Invalid(new FieldError($"items[{at}].column", "unknown-column"));
                // Of a cell that comes twice the last one counts.
                cells[(row, place)] = (column, original[place].Value, items[at].Text);
            }

            if (call.ValidateOnly)
                return Reply.NothingStored;

            // Two who correct the same import do so one after the other, and nobody while it goes on elsewhere.
            if (await session.Execute(Touch, new { id }) == 0)
                return new Refusal(RefusalKind.Conflict, "import-continued");
            await Store(session, id, cells);
            var after = (await session.One<ImportRow>($"{ImportRow.Select} WHERE i.id = @id", new { id }))!;
            return Reply.Resource(after.View(Messages.Language(call.Request)), after.Version);
        });
    }

    /// <summary>Why the cells of an import cannot be corrected any more, or not yet.</summary>
    private static Refusal? RefusalOf(ImportRow import) =>
        import.IsOpen ? new Refusal(RefusalKind.Conflict, "import-running")
        : import.ContinuedBy is not null ? new Refusal(RefusalKind.Conflict, "import-continued")
        : import.RowsRemoved is { } rows ? rows.Refuse("import-rows-removed")
        : !import.DryRun ? new Refusal(RefusalKind.Conflict, "import-stored")
        : null;

    /// <summary>The cells of the rows that are corrected, as they stand in the file.</summary>
    private static async Task<Dictionary<int, List<KeyValuePair<string, string>>>> Known(
        Session session,
        string id,
        IReadOnlyList<Item> items
    )
    {
        var known = new Dictionary<int, List<KeyValuePair<string, string>>>();
        foreach (
            var row in await session.Query<OriginalRow>(
                Originals,
                new { id, rows = items.Select(item => item.RowNumber!.Value).Distinct() }
            )
        )
            known.Add(row.RowNumber, [.. Json.Read<Dictionary<string, string>>(row.Original)]);
        return known;
    }

    private static async Task Store(
        Session session,
        string id,
        Dictionary<(int Row, int Place), (string Header, string Original, string? Text)> cells
    )
    {
        var before = (await StoredCorrection.Of(session, id, cells.Keys.Select(cell => cell.Row))).ToDictionary(each =>
            (each.RowNumber, each.Place)
        );
        foreach (var (at, cell) in cells)
        {
            var applied = before.GetValueOrDefault(at)?.AppliedText;
            var text = cell.Text == cell.Original ? null : cell.Text;
            if (before.ContainsKey(at))
                session.Later(
                    Forget,
                    new
                    {
                        id,
                        row = at.Row,
                        place = at.Place,
                    }
                );
            if (text is null && applied is null)
                continue;
            session.Later(
                Insert,
                new
                {
                    id,
                    row = at.Row,
                    place = at.Place,
                    header = cell.Header,
                    text,
                    applied,
                    pending = text == applied ? 0 : 1,
                }
            );
        }
    }

    private sealed class OriginalRow
    {
        public int RowNumber { get; init; }
        public required string Original { get; init; }
    }

    private const string Originals =
        "SELECT row_number, original FROM import_rows WHERE import_id = @id AND row_number IN @rows";
    private const string Touch =
        $"UPDATE imports SET version = version + 1 WHERE id = @id AND dry_run = 1 AND status NOT IN ('queued', 'running') AND NOT EXISTS (SELECT n.id FROM imports n WHERE n.based_on = @id AND n.status <> 'failed')";
    private const string Forget =
        "DELETE FROM import_corrections WHERE import_id = @id AND row_number = @row AND place = @place";
    private const string Insert =
        "INSERT INTO import_corrections (import_id, row_number, place, header, new_text, applied_text, pending) VALUES (@id, @row, @place, @header, @text, @applied, @pending)";
}
