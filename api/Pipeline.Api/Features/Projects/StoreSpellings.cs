using System.Globalization;
using Pipeline.Api.Features.Service;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain.Matching;

namespace Pipeline.Api.Features.Projects;

/// <summary>Stores the keys by which other spellings of investors and projects are found (R13).</summary>
public static class StoreSpellings
{
    /// <summary>Stores the forms of an investor that is new.</summary>
    public static void OfInvestor(Session session, string investorId, string name) =>
        Add(session, investorId, Forms(name));

    /// <summary>Stores the forms of a known investor that its name gives only as it is written here: with a second name in brackets, say.</summary>
    public static async Task OfKnownInvestor(Session session, string investorId, string name)
    {
        var missing = new List<string>();
        foreach (var form in Forms(name))
        {
            var key = SpellingKeys.OfForm(form).First(one => one.Mark == SpellingMark.Telling);
            if (
                await session.One<int>(
                    CountForms,
                    new
                    {
                        gram = key.Text,
                        mark = (int)key.Mark,
                        investorId,
                        form,
                    }
                ) == 0
            )
                missing.Add(form);
        }

        Add(session, investorId, missing);
    }

    /// <summary>Whether a known investor may have more forms by this name than by another with the same normalised name.</summary>
    public static bool MayAddForms(string name) => name.AsSpan().IndexOfAny("(（[【〔「") >= 0;

    /// <summary>Stores what a project's name is found by otherwise, instead of what the name before was found by; null: there was none.</summary>
    public static async Task OfProject(Session session, long seq, string? before, string name)
    {
        if (before == name)
            return;
        if (before is not null)
            await ForgetProject(session, seq, before);
        session.Add(
            ProjectTable,
            SpellingKeys.OfCore(ProjectCores.Of(name)).Select(key => new object?[] { key.Text, (int)key.Mark, seq })
        );
    }

    /// <summary>Forgets what a project of this name is found by otherwise.</summary>
    public static Task ForgetProject(Session session, long seq, string name) =>
        session.Execute(
            Forget,
            new { seq, grams = SpellingKeys.OfCore(ProjectCores.Of(name)).Select(key => key.Text).Distinct() }
        );

    private static IReadOnlyList<string> Forms(string name) =>
        InvestorIdentity.IsGeneric(name) ? [] : InvestorSpellings.Of(name);

    private static void Add(Session session, string investorId, IReadOnlyList<string> forms) =>
        session.Add(
            InvestorTable,
            forms.SelectMany(SpellingKeys.OfForm, (form, key) =>
                new object?[] { key.Text, (int)key.Mark, investorId, form }
            )
        );

    private static readonly BulkTable InvestorTable = new("investor_spellings", "gram", "mark", "investor_id", "form")
    {
        InOrder = true,
    };
    private static readonly BulkTable ProjectTable = new("project_spellings", "gram", "mark", "project_seq")
    {
        InOrder = true,
    };

    private const string CountForms =
        "SELECT COUNT(*) FROM investor_spellings WHERE gram = @gram AND mark = @mark AND investor_id = @investorId AND form = @form";
    private const string Forget = "DELETE FROM project_spellings WHERE gram IN @grams AND project_seq = @seq";
}

/// <summary>Makes the projects and investors that were there before other spellings were known findable by them, and by folded search texts; a few at a time, the newest first.</summary>
public sealed class IndexSpellings(Database database, WorkerParts parts) : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    private const int Batch = 50;
    private const string Ended = "0";

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await Run(stopping);
        return false;
    }

    /// <summary>Goes on from where it, or another process, was stopped.</summary>
    public async Task Run(CancellationToken cancel = default)
    {
        while (!cancel.IsCancellationRequested && await database.Write(Some)) { }
    }

    private static async Task<bool> Some(Session session)
    {
        await session.Lock(LockName.Intake);
        if (await session.One<string>(SelectBelow) is not { } below || below == Ended)
            return false;
        var rows = await session.Query<Row>(
            SelectRows,
            new { below = long.Parse(below, CultureInfo.InvariantCulture), limit = Batch }
        );
        foreach (var row in rows.OrderBy(row => row.Seq))
            await Again(session, row);
        await session.Execute(
            Advance,
            new { below = rows.Count == 0 ? Ended : rows[^1].Seq.ToString(CultureInfo.InvariantCulture) }
        );
        return rows.Count > 0;
    }

    private static async Task Again(Session session, Row row)
    {
        await session.Lock(LockName.Project(row.Id));
        var stored = (await session.One<Stored>(SelectStored, new { row.Id }))!;
        var body = Json.Read<ProjectBody>(stored.Facts);
        var lines = SearchText.Lines(row.Code, body);
        await session.Execute(Update, new { row.Id, text = string.Join('\n', lines) });
        await SearchText.Again(session, row.Seq, stored.SearchText.Split('\n'), lines);

        // What was stored meanwhile, by an edit, is stored anew.
        await StoreSpellings.ForgetProject(session, row.Seq, body.Name ?? "");
        await StoreSpellings.OfProject(session, row.Seq, null, body.Name ?? "");
        var names = body.Investors ?? [];
        foreach (var investor in await session.Query<Investor>(SelectInvestors, new { row.Id }))
        {
            if (investor.Ordinal < names.Count)
                await StoreSpellings.OfKnownInvestor(session, investor.InvestorId, names[investor.Ordinal].Name!);
        }
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Code { get; init; }
    }

    private sealed class Stored
    {
        public required string Facts { get; init; }
        public required string SearchText { get; init; }
    }

    private sealed class Investor
    {
        public int Ordinal { get; init; }
        public required string InvestorId { get; init; }
    }

    private const string SelectBelow = "SELECT value FROM settings WHERE name = 'spellings-below'";
    private const string Advance = "UPDATE settings SET value = @below WHERE name = 'spellings-below'";
    private const string SelectRows = "SELECT seq, id, code FROM projects WHERE seq < @below ORDER BY seq DESC {page}";
    private const string SelectStored = "SELECT facts, search_text FROM projects WHERE id = @Id";
    private const string SelectInvestors =
        "SELECT ordinal, investor_id FROM project_investors WHERE project_id = @Id ORDER BY ordinal";
    private const string Update = "UPDATE projects SET search_text = @text WHERE id = @Id";
}
