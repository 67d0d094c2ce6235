using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Exports;

/// <summary>Capital paid in and signing notices as their lists find them, in one file with the headings by which an import reads them again.</summary>
public static class ExportRecords
{
    // So many are read at once.
    private const int PageSize = 200;

    /// <summary>What one record says under a heading: a text, a number, a day, an instant, or nothing.</summary>
    private sealed record Sheet<TRow>(
        RecordKind Kind,
        string Name,
        Conditions Filter,
        string Alias,
        string Select,
        Func<TRow, long> Seq,
        Func<TRow, AuditEntry?> SecretRead,
        Func<Session, Caller, IReadOnlyList<TRow>, Task> NameAsKnown,
        Func<TRow, Caller, RuleBook, string, Dictionary<string, object?>> Cells
    );

    public static Task<IResult> CapitalAsCsv(Call call, RuleBooks ruleBooks) => Capital(call, ruleBooks, csv: true);

    public static Task<IResult> CapitalAsWorkbook(Call call, RuleBooks ruleBooks) =>
        Capital(call, ruleBooks, csv: false);

    public static Task<IResult> NoticesAsCsv(Call call, RuleBooks ruleBooks) => Notices(call, ruleBooks, csv: true);

    public static Task<IResult> NoticesAsWorkbook(Call call, RuleBooks ruleBooks) =>
        Notices(call, ruleBooks, csv: false);

    private static Task<IResult> Capital(Call call, RuleBooks ruleBooks, bool csv)
    {
        var query = new QueryReader(call.Request);
        var filter = CapitalFilter.Read(query, call.Caller);
        return Handle(
            call,
            ruleBooks,
            csv,
            query,
            new Sheet<CapitalRow>(
                RecordKind.Capital,
                "capital",
                filter,
                "e",
                CapitalRow.Select,
                row => row.Seq,
                row => row.Secret ? row.SecretRead() : null,
                CapitalRow.NameAsKnown,
                CapitalCells
            )
        );
    }

    private static Task<IResult> Notices(Call call, RuleBooks ruleBooks, bool csv)
    {
        var query = new QueryReader(call.Request);
        var filter = SigningFilter.Read(query, call.Caller);
        return Handle(
            call,
            ruleBooks,
            csv,
            query,
            new Sheet<SigningNoticeRow>(
                RecordKind.SigningNotices,
                "signing-notices",
                filter,
                "n",
                SigningNoticeRow.Select,
                row => row.Seq,
                row => row.Secret ? row.SecretRead() : null,
                SigningNoticeRow.NameAsKnown,
                NoticeCells
            )
        );
    }

    private static async Task<IResult> Handle<TRow>(
        Call call,
        RuleBooks ruleBooks,
        bool csv,
        QueryReader query,
        Sheet<TRow> sheet
    )
    {
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var (book, today) = await call.Read(async session =>
        {
            session.Note(
                new AuditEntry($"export-{sheet.Name}")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = sheet.Name,
                    Reason = call.Request.QueryString.Value,
                }
            );
            return (await ruleBooks.Load(session), session.Today);
        });
        var language = Messages.Language(call.Request);
        var fields = RecordFields.Of(sheet.Kind);
        var words = Messages.Text(language, $"export.{sheet.Name}");
        SentFile.Begin(
            call,
            csv ? $"{CsvTable.ContentType}; charset=utf-8" : Workbook.ContentType,
            sheet.Name,
            words,
            today,
            csv ? "csv" : "xlsx"
        );
        if (Methods.IsHead(call.Context))
            return Results.Empty;
        try
        {
            var stream = new Unsent(call.Context.Response.BodyWriter);
            ITable table = csv
                ? new CsvTable(stream)
                : await Workbook.Begin(stream, words, [.. fields.Select(field => field.Width)]);
            foreach (var field in fields)
                table.Text(language == Messages.English ? field.En : field.Zh);
            await table.EndRow();
            await SentFile.Flush(call, table);

            // From the newest down, each page a short read; what is added meanwhile is not in it, and nothing is told twice.
            for (var below = long.MaxValue; ; )
            {
                var rows = await Page(call, sheet, below);
                foreach (var row in rows)
                    await Write(table, fields, sheet.Cells(row, call.Caller, book, language));
                if (rows.Count < PageSize)
                    break;
                below = sheet.Seq(rows[^1]);
                await SentFile.Flush(call, table);
            }

            await table.End();
            await call.Context.Response.BodyWriter.FlushAsync(call.Context.RequestAborted);
        }
        catch
        {
            // What has been sent looks like a shorter list; only a broken connection says that it is none.
            call.Context.Abort();
            throw;
        }

        return Results.Empty;
    }

    private static Task<List<TRow>> Page<TRow>(Call call, Sheet<TRow> sheet, long below) =>
        call.Read(async session =>
        {
            var parameters = new Parameters();
            foreach (var (name, value) in sheet.Filter.Values)
                parameters.Add(name, value);
            parameters.Add("below", below);
            parameters.Add("limit", PageSize);
            var rows = await session.Query<TRow>(
                $"{sheet.Select} WHERE {sheet.Filter.Sql} AND {sheet.Alias}.seq < @below ORDER BY {sheet.Alias}.seq DESC {{page}}",
                parameters
            );
            foreach (var read in rows.Select(sheet.SecretRead).OfType<AuditEntry>())
                session.Note(read);
            await sheet.NameAsKnown(session, call.Caller, rows);
            return rows;
        });

    private static ValueTask Write(
        ITable table,
        IReadOnlyList<RecordField> fields,
        IReadOnlyDictionary<string, object?> cells
    )
    {
        foreach (var field in fields)
        {
            switch (cells.GetValueOrDefault(field.Key))
            {
                case decimal number:
                    table.Number(number);
                    break;
                case DateOnly day:
                    table.Day(day);
                    break;
                case DateTimeOffset instant:
                    table.Instant(instant);
                    break;
                case var text:
                    table.Text(text as string);
                    break;
            }
        }

        return table.EndRow();
    }

    private static Dictionary<string, object?> CapitalCells(
        CapitalRow row,
        Caller caller,
        RuleBook book,
        string language
    )
    {
        var told = row.View(caller, book);
        return new(StringComparer.Ordinal)
        {
            [RecordFields.Code] = told.ProjectCode,
            ["projectName"] = told.ProjectName,
            ["jurisdiction"] = told.Jurisdiction.Name,
            ["occurredOn"] = told.OccurredOn,
            [RecordFields.Amount] = told.Amount.Amount,
            [RecordFields.Currency] = told.Amount.Currency,
            ["kind"] = Word(language, told.Kind),
            ["payer"] = told.Payer,
            ["voucherKind"] = Word(language, told.VoucherKind),
            ["voucherNo"] = told.VoucherNo,
            ["files"] = string.Join('、', told.Files.Select(file => file.Name)),
            ["foreign"] = told.Foreign ? Messages.Text(language, "export.yes") : null,
            ["usd"] = told.Usd?.Amount,
            ["status"] = Word(language, told.Status),
            ["period"] = told.Period,
            ["belongsTo"] = told.BelongsTo,
            ["submittedAt"] = told.SubmittedAt,
            ["decidedAt"] = told.DecidedAt,
            ["reason"] = told.Reason,
            ["doubts"] = told.Doubts is { } doubts
                ? string.Join('、', doubts.Select(doubt => Messages.Text(language, $"code.{doubt}")))
                : null,
        };
    }

    private static Dictionary<string, object?> NoticeCells(
        SigningNoticeRow row,
        Caller caller,
        RuleBook book,
        string language
    )
    {
        var told = row.View(caller);
        return new(StringComparer.Ordinal)
        {
            [RecordFields.Code] = told.ProjectCode,
            ["projectName"] = told.ProjectName,
            ["jurisdiction"] = told.Jurisdiction.Name,
            ["plannedSigningOn"] = told.PlannedSigningOn,
            ["parties"] = told.Parties,
            ["agreedAmount"] = told.AgreedAmount.Amount,
            [RecordFields.Currency] = told.AgreedAmount.Currency,
            ["place"] = told.Place,
            ["leadersWanted"] = told.LeadersWanted is { } leaders ? string.Join('、', leaders) : null,
            ["filedOn"] = told.FiledOn,
            ["signedOn"] = told.SignedOn,
            ["daysAhead"] = (decimal)told.DaysAhead,
            ["timely"] = Messages.Text(language, told.Timely ? "export.yes" : "export.no"),
            ["waived"] = told.Waived?.Reason,
            ["status"] = Word(language, told.Status),
            ["reason"] = told.EndReason,
        };
    }

    private static string Word(string language, Enum value) => Messages.Text(language, Messages.KeyOf(value));
}
