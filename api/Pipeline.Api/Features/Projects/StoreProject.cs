using System.Globalization;
using Pipeline.Api.Data;
using Pipeline.Api.Features.Lists;
using Pipeline.Api.Features.PersonalData;
using Pipeline.Api.Features.RuleSets;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Projects;

/// <summary>A project that is new to the library.</summary>
public sealed record NewProject
{
    public required ProjectBody Body { get; init; }
    public required string OwnerId { get; init; }
    public string? FirstTalkId { get; init; }
    public Stage Stage { get; init; } = Stage.InTalks;
    public StageDates? Dates { get; init; }
    public DateOnly? TerminatedOn { get; init; }
    public string? ImportId { get; init; }
    public IReadOnlyList<string> Flags { get; init; } = [];
}

/// <summary>Writes projects with everything they are found by: investors, n-grams, spans of stages.</summary>
public sealed class StoreProject(Industries industries)
{
    /// <summary>Adds a project to the library; its id.</summary>
    public async Task<string> Insert(Session session, NewProject project, RuleSet rules)
    {
        var id = Ids.New();
        var body = project.Body;
        var dates = project.Dates ?? new StageDates(session.Today, null, null, null, null);
        var reached = dates.Of(project.Stage) ?? session.Today;
        await StageTotals.Changing(session, id, isNew: true);
        await session.Execute(InsertProject, new
        {
            id,
            code = await ProjectCode.Next(session),
            ownerId = project.OwnerId,
            firstTalkId = project.FirstTalkId,
            stage = Slug.Of(project.Stage),
            inTalksOn = dates.InTalks,
            signedOn = dates.Signed,
            registeredOn = dates.Registered,
            startedOn = dates.Started,
            inProductionOn = dates.InProduction,
            terminatedOn = project.TerminatedOn,
            idleSince = IdleSince(project.Stage, dates, reached),
            importId = project.ImportId,
            now = session.Now,
            name = "", nameKey = "", nationalCode = "", secret = 0, amount = (long?)null, currency = (string?)null, amountCny = (long?)null,
            industryCode = "", industryClass = "", chain = "", provincialZone = 0, facts = "{}", searchText = "", contacts = "", flags = "[]",
        });
        await Facts(session, id, body, project.Flags, rules, isNew: true);
        await Spans(session, id, project.Stage, dates, reached);
        return id;
    }

    /// <summary>Stores the facts of a project, and what it is found by. <paramref name="kept"/> are the flags that do not come from the facts.</summary>
    public async Task Facts(Session session, string id, ProjectBody body, IEnumerable<string> kept, RuleSet rules, bool isNew = false)
    {
        var nameKey = Cut(Normalised.ProjectName(body.Name ?? ""), 400);
        var stored = (await session.One<Stored>(SelectStored, new { id }))!;
        var code = stored.Code;
        var total = body.TotalInvestment;
        var investors = body.Investors ?? [];
        var lines = SearchText.Lines(code, body);
        var amountCny = total is { } money && rules.ToCny(money, session.Today.Year) is { } cny ? new Money(cny, "CNY").Hundredths : (long?)null;
        if (!isNew && (stored.Secret != body.Secret || stored.Amount != total?.Hundredths || stored.Currency != total?.Currency || stored.IndustryClass != Normalised.IndustryClass(body.IndustryCode)))
            await StageTotals.Changing(session, id);
        await session.Execute(UpdateFacts, new
        {
            id,
            name = body.Name,
            nameKey,
            nationalCode = Normalised.NationalCode(body.NationalCode),
            secret = body.Secret ? 1 : 0,
            amount = total?.Hundredths,
            currency = total?.Currency,
            amountCny,
            amountOrder = amountCny ?? -1,
            industryCode = body.IndustryCode,
            industryClass = Normalised.IndustryClass(body.IndustryCode),
            chain = body.Chain,
            provincialZone = body.ProvincialZone ? 1 : 0,
            facts = Json.Write(body with { Contacts = null, Referrer = null }),
            contacts = new PersonalFacts { Contacts = body.Contacts ?? [], Referrer = body.Referrer }.Seal(session),
            flags = Json.Write(kept.Except(OfFacts).Concat(FactFlags(body)).Distinct()),
            searchText = string.Join('\n', lines),
        });

        await PersonMarks.Set(session, PersonMarks.Project, id, body.Contacts ?? [], body.Referrer, isNew);
        if (!isNew)
            await session.Execute(DeleteLeaders, new { id });
        await session.Execute(InsertLeader, (body.Leaders ?? []).Distinct().Select(leader => new { id, leader }));
        if (!isNew)
        {
            await session.Execute(DeleteNameGrams, new { id });
            await session.Execute(SearchText.Forget, new { seq = stored.Seq });
            await session.Execute(DeleteInvestors, new { id });
        }

        await session.Bulk(NameGrams, [.. Grams.Of(nameKey).Select(gram => new object?[] { gram, id, total?.Hundredths, total?.Currency })]);
        await session.Bulk(SearchText.Index, [.. SearchText.Bigrams(lines).Select(gram => new object?[] { gram, stored.Seq })]);
        for (var ordinal = 0; ordinal < investors.Count; ordinal++)
        {
            var investor = investors[ordinal];
            await session.Execute(InsertProjectInvestor, new
            {
                id,
                ordinal,
                investorId = await InvestorId(session, investor),
                groupKey = investor.GroupParent is { } parent && Normalised.InvestorName(parent) is { Length: > 0 } key ? Cut(key, 400) : null,
            });
        }
    }

    /// <summary>Marks a project as changed now; <paramref name="publicly"/>: also for those who only get its public summary.</summary>
    public static Task Touch(Session session, string id, bool publicly) =>
        session.Execute(publicly ? TouchPublicly : TouchOnly, new { id, now = session.Now });

    /// <summary>The date from which its idleness counts (R7); null where nothing is idle.</summary>
    public static DateOnly? IdleSince(Stage stage, StageDates dates, DateOnly reached) =>
        stage is Stage.InTalks or Stage.Signed or Stage.Registered ? dates.Of(stage) ?? reached : null;

    private static readonly string[] OfFacts = ["uscc-check-digit", "national-code-malformed", "unknown-industry"];

    private IEnumerable<string> FactFlags(ProjectBody body)
    {
        if ((body.Investors ?? []).Any(investor => investor.Uscc is { Length: > 0 } uscc && !(Normalised.Uscc(uscc) is { } clean && Uscc.CheckDigitHolds(clean))))
            yield return "uscc-check-digit";
        if (body.NationalCode is { Length: > 0 } code && !NationalCode.IsWellFormed(code.Trim()))
            yield return "national-code-malformed";
        if (body.IndustryCode is { Length: > 0 } industry && !industries.Knows(industry))
            yield return "unknown-industry";
    }

    private static async Task<string> InvestorId(Session session, InvestorBody investor)
    {
        var nameKey = Cut(Normalised.InvestorName(investor.Name!), 400);
        var uscc = Normalised.Uscc(investor.Uscc) ?? "";
        if (await session.One<string>(SelectInvestor, new { nameKey, uscc }) is { } known)
            return known;
        var id = Ids.New();
        await session.Execute(InsertInvestor, new { id, nameKey, uscc });
        if (!InvestorIdentity.IsGeneric(investor.Name!))
            await session.Bulk(InvestorGrams, [.. Grams.Of(nameKey).Select(gram => new object?[] { gram, id })]);
        return id;
    }

    /// <summary>One span for each stage reached, each no earlier than the one before; a stage without a known day counts from when it was recorded.</summary>
    private static async Task Spans(Session session, string id, Stage stage, StageDates dates, DateOnly reached)
    {
        if (stage == Stage.Terminated)
        {
            await StageSpans.Enter(session, id, Stage.Terminated, session.Today);
            return;
        }

        foreach (var passed in Enum.GetValues<Stage>().Where(passed => passed < stage && dates.Of(passed) is not null))
            await StageSpans.Enter(session, id, passed, dates.Of(passed)!.Value);
        await StageSpans.Enter(session, id, stage, reached);
    }

    private sealed class Stored
    {
        public long Seq { get; init; }
        public required string Code { get; init; }
        public bool Secret { get; init; }
        public long? Amount { get; init; }
        public string? Currency { get; init; }
        public string? IndustryClass { get; init; }
    }

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..max];

    private static readonly BulkTable NameGrams = new("name_grams", "gram", "project_id", "amount", "currency");
    private static readonly BulkTable InvestorGrams = new("investor_grams", "gram", "investor_id");

    private const string InsertProject = """
        INSERT INTO projects (id, code, name, name_key, national_code, owner_id, first_talk_id, stage, secret, amount, currency, amount_cny, industry_code, industry_class, chain,
          provincial_zone, facts, search_text, contacts, flags, in_talks_on, signed_on, registered_on, started_on, in_production_on, terminated_on, idle_since, report_required,
          under_review, import_id, version, public_version, created_at, updated_at, public_updated_at, moved_at)
        VALUES (@id, @code, @name, @nameKey, @nationalCode, @ownerId, @firstTalkId, @stage, @secret, @amount, @currency, @amountCny, @industryCode, @industryClass, @chain,
          @provincialZone, @facts, @searchText, @contacts, @flags, @inTalksOn, @signedOn, @registeredOn, @startedOn, @inProductionOn, @terminatedOn, @idleSince, 0,
          0, @importId, 1, 1, @now, @now, @now, @now)
        """;

    private const string UpdateFacts = """
        UPDATE projects SET name = @name, name_key = @nameKey, national_code = @nationalCode, secret = @secret, amount = @amount, currency = @currency, amount_cny = @amountCny, amount_order = @amountOrder,
          industry_code = @industryCode, industry_class = @industryClass, chain = @chain, provincial_zone = @provincialZone, facts = @facts, contacts = @contacts, flags = @flags,
          search_text = @searchText
        WHERE id = @id
        """;

    private const string DeleteLeaders = "DELETE FROM project_leaders WHERE project_id = @id";
    private const string InsertLeader = "INSERT INTO project_leaders (project_id, user_id) VALUES (@id, @leader)";
    private const string SelectStored = "SELECT seq, code, secret, amount, currency, industry_class FROM projects WHERE id = @id";
    private const string DeleteNameGrams = "DELETE FROM name_grams WHERE project_id = @id";
    private const string DeleteInvestors = "DELETE FROM project_investors WHERE project_id = @id";
    private const string InsertProjectInvestor = "INSERT INTO project_investors (project_id, ordinal, investor_id, group_key) VALUES (@id, @ordinal, @investorId, @groupKey)";
    private const string SelectInvestor = "SELECT id FROM investors WHERE name_key = @nameKey AND uscc = @uscc";
    private const string InsertInvestor = "INSERT INTO investors (id, name_key, uscc) VALUES (@id, @nameKey, @uscc)";
    private const string TouchOnly = "UPDATE projects SET version = version + 1, updated_at = @now WHERE id = @id";
    private const string TouchPublicly = "UPDATE projects SET version = version + 1, updated_at = @now, public_version = public_version + 1, public_updated_at = @now WHERE id = @id";
}

/// <summary>The history of stages by day: what lists and totals of a past day are made from.</summary>
public static class StageSpans
{
    /// <summary>Leaves the present stage and enters another on a day, never before the present one was entered.</summary>
    public static async Task Enter(Session session, string projectId, Stage stage, DateOnly on)
    {
        var open = await session.One<OpenSpan>(SelectOpen, new { projectId });
        var day = open is null || open.EnteredOn < on ? on : open.EnteredOn;
        if (open is not null)
            await session.Execute(Close, new { seq = open.Seq, on = day });
        await session.Execute(Insert, new { projectId, stage = Slug.Of(stage), on = day });
    }

    private sealed class OpenSpan
    {
        public long Seq { get; init; }
        public DateOnly EnteredOn { get; init; }
    }

    private const string SelectOpen = "SELECT seq, entered_on FROM stage_spans WHERE project_id = @projectId AND left_on IS NULL";
    private const string Close = "UPDATE stage_spans SET left_on = @on WHERE seq = @seq";
    private const string Insert = "INSERT INTO stage_spans (project_id, stage, entered_on) VALUES (@projectId, @stage, @on)";
}

/// <summary>Project codes <c>YYYY-NNNNNN</c>, drawn from a keyed permutation so that they tell nothing about how many projects there are (R20).</summary>
public static class ProjectCode
{
    private const int Size = 1_000_000;

    public static async Task<string> Next(Session session)
    {
        var year = session.Today.Year;
        var name = $"project-code-{year}";
        if (await session.Execute(Increment, new { name }) == 0)
            await session.Execute(Start, new { name });
        var number = (await session.One<long>(Read, new { name })) - 1;
        var key = await session.One<string>(ReadKey);
        if (key is null)
        {
            key = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
            await session.Execute(WriteKey, new { key });
        }

        // Past a million a year the number grows a digit: the prefix keeps codes apart.
        var (round, within) = (number / Size, (int)(number % Size));
        return string.Create(CultureInfo.InvariantCulture, $"{year}-{(round == 0 ? "" : round)}{Permute(within, $"{key}/{year}"):000000}");
    }

    /// <summary>A four-round Feistel network over 20 bits, walked until it falls below a million.</summary>
    internal static int Permute(int value, string key)
    {
        do
        {
            var (left, right) = (value >> 10, value & 1023);
            for (var round = 0; round < 4; round++)
            {
                var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{key}/{round}/{right}"));
                (left, right) = (right, left ^ (BitConverter.ToUInt16(digest) & 1023));
            }

            value = (left << 10) | right;
        }
        while (value >= Size);
        return value;
    }

    private const string Increment = "UPDATE counters SET value = value + 1 WHERE name = @name";
    private const string Start = "INSERT INTO counters (name, value) VALUES (@name, 1)";
    private const string Read = "SELECT value FROM counters WHERE name = @name";
    private const string ReadKey = "SELECT value FROM settings WHERE name = 'project-code-key'";
    private const string WriteKey = "INSERT INTO settings (name, value) VALUES ('project-code-key', @key)";
}
