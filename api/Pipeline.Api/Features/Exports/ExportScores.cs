using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Exports;

/// <summary>Scores as their list tells them: a row a unit, a column an item, a bonus or a deduction. What is not scored is an empty cell, never 0.</summary>
public static class ExportScores
{
    private sealed record Column(string Heading, int Width, Action<ITable, UnitScore> Write);

    private sealed record Sheet(IReadOnlyList<Column> Columns, IReadOnlyList<UnitScore> Rows);

    public static Task<IResult> AsCsv(Call call, RuleBooks ruleBooks, FigureSums sums) =>
        Handle(call, ruleBooks, sums, csv: true);

    public static Task<IResult> AsWorkbook(Call call, RuleBooks ruleBooks, FigureSums sums) =>
        Handle(call, ruleBooks, sums, csv: false);

    private static async Task<IResult> Handle(Call call, RuleBooks ruleBooks, FigureSums sums, bool csv)
    {
        var query = new QueryReader(call.Request);
        var asked = ScoreQuery.Read(query);
        var group = query.Text("group", 40);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var language = Messages.Language(call.Request);
        var (sheet, refused, today) = await call.Read<(Sheet?, Refusal?, DateOnly)>(async session =>
        {
            var completed = await asked.Complete(session);
            if (completed.Refusal is { } invalid)
                return (null, invalid, session.Today);
            var (row, period) = completed.Value;
            session.Note(
                new AuditEntry("export-scores")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "scores",
                    Reason = call.Request.QueryString.Value,
                }
            );
            if (row is null)
                return (new Sheet(ColumnsOf(language, null, null, null, null), []), null, session.Today);
            var model = row.Model;
            if (group is not null && model.Groups.All(one => one.Id != group))
                return (null, Refusal.Invalid(new FieldError("group", "score-group")), session.Today);
            var scores = await ScoreSheet.Load(session, call.Caller, ruleBooks, sums, model, row.Id, period);
            var before = await scores.RanksBefore(session, call.Caller, ruleBooks, sums, row.Id);
            var names = (await JurisdictionRow.All(session)).ToDictionary(
                unit => unit.Id,
                unit => unit.Name,
                StringComparer.Ordinal
            );
            return (
                new Sheet(
                    ColumnsOf(language, row, scores, before, names),
                    [.. scores.InOrder().Where(score => group is null || score.GroupId == group)]
                ),
                null,
                session.Today
            );
        });
        if (refused is not null)
            return (Reply)refused;
        var words = Messages.Text(language, "export.scores");
        SentFile.Begin(
            call,
            csv ? $"{CsvTable.ContentType}; charset=utf-8" : Workbook.ContentType,
            "scores",
            words,
            today,
            csv ? "csv" : "xlsx"
        );
        if (Methods.IsHead(call.Context))
            return Results.Empty;
        var stream = new Unsent(call.Context.Response.BodyWriter);
        ITable table = csv
            ? new CsvTable(stream)
            : await Workbook.Begin(stream, words, [.. sheet!.Columns.Select(column => column.Width)]);
        foreach (var column in sheet!.Columns)
            table.Text(column.Heading);
        await table.EndRow();
        foreach (var score in sheet.Rows)
        {
            foreach (var column in sheet.Columns)
                column.Write(table, score);
            await table.EndRow();
        }

        await table.End();
        await call.Context.Response.BodyWriter.FlushAsync(call.Context.RequestAborted);
        return Results.Empty;
    }

    private static List<Column> ColumnsOf(
        string language,
        ScoreModelRow? row,
        ScoreSheet? sheet,
        IReadOnlyDictionary<string, int?>? before,
        IReadOnlyDictionary<string, string>? names
    )
    {
        var english = language == Messages.English;
        string Word(string key) => Messages.Text(language, $"export.score.{key}");
        string Named(string name, string? nameEn) => english ? nameEn ?? name : name;
        var columns = new List<Column>
        {
            new(Word("period"), 10, (table, _) => table.Text(sheet!.Figures.Period.Text)),
            new(Word("model"), 30, (table, _) =>
                table.Text($"{Named(sheet!.Model.Name, sheet.Model.NameEn)} #{row!.Number}")
            ),
            new(Word("unit"), 18, (table, score) => table.Text(names!.GetValueOrDefault(score.UnitId))),
            new(Word("group"), 18, (table, score) =>
            {
                var group = sheet!.Model.Groups.First(one => one.Id == score.GroupId);
                table.Text(Named(group.Name, group.NameEn));
            }),
            new(Word("rank"), 8, (table, score) => table.Number(score.Rank)),
            new(Word("movement"), 10, (table, score) =>
                table.Number(Ranking.Movement(before?.GetValueOrDefault(score.UnitId), score.Rank))
            ),
            new(Word("total"), 10, (table, score) => table.Number(Millionths.Told(score.Total))),
            new(Word("outOf"), 10, (table, score) => table.Number(score.OutOf)),
        };
        if (sheet is null)
            return columns;
        columns.AddRange(
            sheet.Model.Items.Select(
                (item, at) =>
                    new Column(Named(item.Name, item.NameEn), 16, (table, score) =>
                        table.Number(Millionths.Told(score.Items[at].Score))
                    )
            )
        );
        columns.AddRange(
            sheet.Model.Bonuses.Select(
                (extra, at) =>
                    new Column(Named(extra.Name, extra.NameEn), 16, (table, score) =>
                        table.Number(Millionths.Told(score.Bonuses[at].Score))
                    )
            )
        );
        columns.AddRange(
            sheet.Model.Deductions.Select(
                (extra, at) =>
                    new Column(Named(extra.Name, extra.NameEn), 16, (table, score) =>
                        table.Number(Millionths.Told(score.Deductions[at].Score))
                    )
            )
        );
        if (sheet.Model.Binding.Count > 0)
            columns.Add(
                new Column(Word("overall"), 12, (table, score) => table.Number(Millionths.Told(score.Bars?.Overall)))
            );
        return columns;
    }
}
