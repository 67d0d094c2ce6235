using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Projects;

/// <summary>Keeps what a project is found by: people, leaders, letters of its names, investors (R13).</summary>
internal static class IndexProject
{
    /// <summary>Stores what a project is found by: people, leaders, n-grams, investors. <paramref name="before"/>: what it was found by until now.</summary>
    public static async Task Store(
        Session session,
        string id,
        long seq,
        string code,
        ProjectBody body,
        Dictionary<(string NameKey, string Uscc), string> known,
        HashSet<(string InvestorId, string Name)> spelt,
        StoredProject? before
    )
    {
        PersonMarks.Set(session, PersonMarks.Project, id, body.Contacts ?? [], body.Referrer, isNew: before is null);
        session.Add(LeaderTable, (body.Leaders ?? []).Distinct().Select(leader => new object?[] { id, leader }));
        await IndexName(session, seq, before, NameKey(body), body.TotalInvestment);
        await StoreSpellings.OfProject(session, seq, before?.Name, body.Name ?? "");
        await SearchText.Again(session, seq, before?.SearchText.Split('\n') ?? [], SearchText.Lines(code, body));
        var investors = body.Investors ?? [];
        for (var ordinal = 0; ordinal < investors.Count; ordinal++)
        {
            var investor = investors[ordinal];
            var key = (NameKey: InvestorKey(investor.Name!), Uscc: Normalised.Uscc(investor.Uscc) ?? "");
            if (!known.TryGetValue(key, out var investorId))
            {
                known.Add(key, investorId = Ids.New());
                session.Add(InvestorTable, [investorId, key.NameKey, key.Uscc]);
                if (!InvestorIdentity.IsGeneric(investor.Name!))
                    session.Add(
                        InvestorIndex,
                        Grams.Of(key.NameKey).Select(gram => new object?[] { gram, investorId })
                    );
                StoreSpellings.OfInvestor(session, investorId, investor.Name!);
            }
            else if (StoreSpellings.MayAddForms(investor.Name!) && spelt.Add((investorId, investor.Name!)))
                await StoreSpellings.OfKnownInvestor(session, investorId, investor.Name!);

            session.Add(
                ProjectInvestorTable,
                [
                    id,
                    ordinal,
                    investorId,
                    investor.GroupParent is { } parent && InvestorKey(parent) is { Length: > 0 } group ? group : null,
                ]
            );
        }
    }

    /// <summary>Forgets the leaders and investors of a project that changes.</summary>
    public static Task Forget(Session session, string id) => session.Execute(ForgetLinks, new { id });

    private static string InvestorKey(string name) => Cut(Normalised.InvestorName(name), 400);

    /// <summary>The key of its name.</summary>
    public static string NameKey(ProjectBody body) => Cut(Normalised.ProjectName(body.Name ?? ""), 400);

    /// <summary>The investors of some projects that are known already.</summary>
    public static async Task<Dictionary<(string NameKey, string Uscc), string>> KnownInvestors(
        Session session,
        IEnumerable<ProjectBody> bodies
    )
    {
        var known = new Dictionary<(string NameKey, string Uscc), string>();
        foreach (var nameKeys in NameKeys(bodies).Chunk(MostLookedUp))
        {
            foreach (var investor in await session.Query<Investor>(SelectInvestors, new { nameKeys }))
                known.Add((investor.NameKey, investor.Uscc), investor.Id);
        }

        return known;
    }

    /// <summary>The keys by which the investors of some projects are known.</summary>
    public static IEnumerable<string> NameKeys(IEnumerable<ProjectBody> bodies) =>
        bodies.SelectMany(body => body.Investors ?? []).Select(investor => InvestorKey(investor.Name!)).Distinct();

    /// <summary>Their ids by their keys.</summary>
    public static Dictionary<(string NameKey, string Uscc), string> ById(IEnumerable<Investor> investors) =>
        investors.ToDictionary(investor => (investor.NameKey, investor.Uscc), investor => investor.Id);

    internal const int MostLookedUp = 500;

    /// <summary>Indexes a name with its amount, by which similar ones find it; without an amount none does (R13).</summary>
    private static async Task IndexName(Session session, long seq, StoredProject? before, string nameKey, Money? total)
    {
        if (
            before is not null
            && (before.NameKey, before.Amount, before.Currency) == (nameKey, total?.Hundredths, total?.Currency)
        )
            return;
        if (before is { Amount: { } amount, Currency: { } currency })
            await session.Execute(
                ForgetName,
                new
                {
                    seq,
                    amount,
                    currency,
                    grams = Grams.Of(before.NameKey),
                }
            );
        if (total is { } money)
            session.Add(
                NameIndex,
                Grams.Of(nameKey).Select(gram => new object?[] { gram, money.Currency, money.Hundredths, seq })
            );
    }

    /// <summary>An investor that is known.</summary>
    internal sealed class Investor
    {
        public required string Id { get; init; }
        public required string NameKey { get; init; }
        public required string Uscc { get; init; }
    }

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..max];

    private static readonly BulkTable NameIndex = new("name_index", "gram", "currency", "amount", "project_seq")
    {
        InOrder = true,
    };
    private static readonly BulkTable LeaderTable = new("project_leaders", "project_id", "user_id");
    private static readonly BulkTable InvestorTable = new("investors", "id", "name_key", "uscc");
    private static readonly BulkTable ProjectInvestorTable = new(
        "project_investors",
        "project_id",
        "ordinal",
        "investor_id",
        "group_key"
    );
    private static readonly BulkTable InvestorIndex = new("investor_index", "gram", "investor_id") { InOrder = true };
    internal const string SelectInvestors = "SELECT id, name_key, uscc FROM investors WHERE name_key IN @nameKeys";
    private const string ForgetLinks =
        "DELETE FROM project_leaders WHERE project_id = @id; DELETE FROM project_investors WHERE project_id = @id";
    private const string ForgetName =
        "DELETE FROM name_index WHERE gram IN @grams AND currency = @currency AND amount = @amount AND project_seq = @seq";
}

/// <summary>A project as it was stored before it changes.</summary>
internal sealed class StoredProject
{
    public long Seq { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public bool Secret { get; init; }
    public long? Amount { get; init; }
    public string? Currency { get; init; }
    public string? IndustryClass { get; init; }
    public required string NameKey { get; init; }
    public required string SearchText { get; init; }
}
