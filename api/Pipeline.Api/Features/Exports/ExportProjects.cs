using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Store.Rules;

namespace Pipeline.Api.Features.Exports;

/// <summary>All projects that a list finds, as this caller may see them, in one file that is sent while it is being made.</summary>
public static class ExportProjects
{
    // So many are read at once: few enough that they are gone when the runtime gathers what was left behind.
    private const int PageSize = 200;

    // Of a list of numbers fewer: each is a parameter that the driver looks for among all the others.
    private const int ListSize = 100;

    /// <summary>How many projects can be picked one by one.</summary>
    public static Task<IResult> AsCsv(Call call, RuleBooks ruleBooks, Industries industries) =>
        Handle(call, ruleBooks, industries, "csv", $"{CsvTable.ContentType}; charset=utf-8", (stream, _) =>
            ValueTask.FromResult<ITable>(new CsvTable(stream))
        );

    public static Task<IResult> AsWorkbook(Call call, RuleBooks ruleBooks, Industries industries) =>
        Handle(call, ruleBooks, industries, "xlsx", Workbook.ContentType, async (stream, widths) =>
            await Workbook.Begin(stream, SheetName(call), widths)
        );

    private static async Task<IResult> Handle(
        Call call,
        RuleBooks ruleBooks,
        Industries industries,
        string extension,
        string contentType,
        Func<Stream, IReadOnlyList<int>, ValueTask<ITable>> table
    )
    {
        var query = new QueryReader(call.Request);
        var filter = ProjectFilter.Read(query, call.Caller);
        if (query.Text("ids", Methods.LongestTarget) is { } ids)
            Only(filter, query, ids.Split(','));
        var order = ProjectOrder.OfAll(query, filter);
        var columns = ProjectColumns.Read(query);
        var headings = query.Choice<Headings>("headers") ?? Headings.Words;
        var shown = query.Choice<Figures>("figures") == Figures.Shown ? new ShownFigures(industries) : null;
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var (rules, today, places) = await call.Read(async session =>
        {
            session.Note(
                new AuditEntry("export-projects")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "project",
                    Reason = call.Request.QueryString.Value,
                }
            );
            return (
                await ruleBooks.Current(session),
                session.Today,
                (await session.Query<UnitRef>(SelectUnits)).ToDictionary(unit => unit.Id, unit => unit.Name)
            );
        });
        filter.AddLight(today);
        if (shown is not null)
            columns = ShownFigures.Columns(columns);

        SentFile.Begin(call, contentType, "projects", SheetName(call), today, extension);
        if (Methods.IsHead(call.Context))
            return Results.Empty;
        try
        {
            await Send(
                call,
                filter,
                order,
                new ProjectColumns(columns, rules, today, places, Messages.Language(call.Request), headings, shown),
                shown is not null,
                await table(
                    new Unsent(call.Context.Response.BodyWriter),
                    shown is null
                        ? [.. columns.Select(column => column.Width)]
                        : [8, .. columns.Select(column => column.Width)]
                )
            );
        }
        catch
        {
            // What has been sent looks like a shorter list; only a broken connection says that it is none.
            call.Context.Abort();
            throw;
        }

        return Results.Empty;
    }

    /// <summary>Of what is found, the projects that were picked one by one.</summary>
    private static void Only(ProjectFilter filter, QueryReader query, string[] ids)
    {
        if (ids.Length > QueryReader.MostIds)
            query.Refuse("ids", "count", QueryReader.MostIds);
        else
            filter.Add("p.id IN @ids", "ids", ids);
    }

    private static async Task Send(
        Call call,
        ProjectFilter filter,
        ProjectOrder order,
        ProjectColumns columns,
        bool totals,
        ITable table
    )
    {
        await columns.WriteHeaders(table);
        await SentFile.Flush(call, table);

        // Which projects, and their order, are settled by one statement, so that none is lost or repeated when it changes meanwhile:
        // a byte or two of each are kept. Their rows follow in short reads, which hold no lock or snapshot however slowly the file is taken.
        var found = await call.Read(async session =>
        {
            await filter.Seek(session);
            var numbers = new PackedNumbers();
            await order.All(session, filter, numbers.Add);
            return numbers;
        });
        foreach (var page in found.All().Chunk(PageSize))
        {
            var rows = await call.Read(session => Rows(session, call.Caller, page));
            foreach (var seq in page)
            {
                if (rows[seq] is { } row)
                    await columns.Write(row, call.Caller, table);
            }

            await SentFile.Flush(call, table);
        }

        if (totals)
            await columns.WriteTotals(table);
        await table.End();
        await call.Context.Response.BodyWriter.FlushAsync(call.Context.RequestAborted);
    }

    /// <summary>The projects of a page by their numbers; null: one that the caller may not see any more.</summary>
    private static async Task<Dictionary<long, ProjectRow?>> Rows(Session session, Caller caller, long[] page)
    {
        var rows = page.ToDictionary(seq => seq, _ => (ProjectRow?)null);
        var (least, most) = (page.Min(), page.Max());
        if (most - least < 2 * page.Length)
        {
            // Registered one after the other: a stretch of the table, with few others in it. Which they are was settled before.
            await Read("p.seq >= @least AND p.seq <= @most", ("least", least), ("most", most));
        }
        else
        {
            foreach (var seqs in page.Chunk(ListSize))
                await Read("p.seq IN @seqs", ("seqs", seqs));
        }

        return rows;

        async Task Read(string which, params (string Name, object Value)[] values)
        {
            var visible = ProjectFilter.Visible(caller);
            visible.Add(which);
            foreach (var (name, value) in values)
                visible.Values.Add(name, value);
            await session.Each(
                $"SELECT {ProjectRow.Columns} {ProjectRow.From} WHERE {visible.Where}",
                Take,
                visible.Values
            );
        }

        void Take(AnswerRow read)
        {
            if (!rows.ContainsKey(read.Number(0)))
                return;
            var row = new ProjectRow(read);
            rows[row.Seq] = row;
            if (row.Secret)
                session.Note(LoadProject.SecretRead(row));
        }
    }

    private static string SheetName(Call call) => Messages.Text(Messages.Language(call.Request), "export.name");

    private const string SelectUnits = "SELECT id, name FROM jurisdictions";
}
