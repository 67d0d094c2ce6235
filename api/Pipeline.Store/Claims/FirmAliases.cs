using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Matching;

namespace Pipeline.Store.Claims;

/// <summary>Where an alias comes from: somebody of the centre entered it, or it follows from a decision that two reports are of one project.</summary>
public enum AliasSource
{
    Kept,
    Decision,
}

/// <summary>Two names of one firm.</summary>
public sealed record FirmAliasBody
{
    public string? Name { get; init; }
    public string? OtherName { get; init; }
}

/// <summary>The other names of firms that the centre keeps (R13): what is reported under one is reviewed with what is known under the other.</summary>
public static class FirmAliases
{
    /// <summary>Whether two names are one already as R13 compares them.</summary>
    public static bool AreOneName(string? name, string? other) =>
        Normalised.InvestorName(name ?? "") == Normalised.InvestorName(other ?? "");

    /// <summary>Keeps the names of firms that a decision has shown to be one: of a report and a project held to be the same.</summary>
    public static async Task Learn(
        Session session,
        Caller centre,
        string claimId,
        MatchFacts report,
        MatchFacts project
    )
    {
        foreach (var (name, other) in Pairs(report, project))
        {
            if (!await IsKnown(session, name, other))
                await Keep(session, centre, name, other, AliasSource.Decision, claimId);
        }
    }

    /// <summary>The investors that must be one: the only ones of both, or those whose names are alike.</summary>
    private static IEnumerable<(string Name, string Other)> Pairs(MatchFacts report, MatchFacts project)
    {
        var (own, others) = (Identified(report), Identified(project));
        var left = own.Where(x => !others.Any(y => Matcher.IsSameInvestor(x, y))).ToList();
        var right = others.Where(y => !own.Any(x => Matcher.IsSameInvestor(x, y))).ToList();
        return left.SelectMany(x => right, (x, y) => (X: x, Y: y))
            .Where(pair => (own.Count == 1 && others.Count == 1) || Matcher.AreWrittenOtherwise(pair.X, pair.Y))
            .Where(pair => !AreOneName(pair.X.Name, pair.Y.Name))
            .Select(pair => (pair.X.Name, pair.Y.Name));
    }

    private static List<MatchInvestor> Identified(MatchFacts facts) =>
        [.. facts.Investors.Where(investor => !InvestorIdentity.IsGeneric(investor.Name))];

    /// <summary>Whether the two are kept as names of one firm already.</summary>
    public static async Task<bool> IsKnown(Session session, string name, string other) =>
        (await session.Query<KnownName>(Known, new { forms = InvestorSpellings.Of(name) })).Any(known =>
            AreOneName(known.Name, other)
        );

    /// <summary>Keeps two names as those of one firm; the id of the alias.</summary>
    public static async Task<string> Keep(
        Session session,
        Caller caller,
        string name,
        string other,
        AliasSource source,
        string? claimId
    )
    {
        var id = Ids.New();
        await session.Execute(
            Insert,
            new
            {
                id,
                name,
                other,
                source = Slug.Of(source),
                claimId,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        session.Add(
            FormTable,
            ((string[])[name, other]).SelectMany(
                (one, side) => InvestorSpellings.Of(one).Select(form => new object?[] { form, id, side })
            )
        );
        session.Note(
            new AuditEntry("firm-alias-kept")
            {
                SubjectKind = "firm-alias",
                SubjectId = id,
                Changes = AuditEntry.Between(null, Json.Node(Changed(name, other))),
            }
        );
        return id;
    }

    /// <summary>What the audit trail keeps of an alias.</summary>
    public static FirmAliasBody Changed(string name, string other) => new() { Name = name, OtherName = other };

    /// <summary>A name that the centre keeps for a firm recognised by a form.</summary>
    public sealed class KnownName
    {
        public required string Form { get; init; }
        public required string Name { get; init; }
    }

    /// <summary>The other names of the firms that are recognised by some forms.</summary>
    public const string Known = """
        SELECT f.form, CASE WHEN f.side = 0 THEN a.other_name ELSE a.name END AS name FROM firm_alias_forms f JOIN firm_aliases a ON a.id = f.alias_id WHERE f.form IN @forms
        """;

    private static readonly BulkTable FormTable = new("firm_alias_forms", "form", "alias_id", "side");

    private const string Insert = """
        INSERT INTO firm_aliases (id, name, other_name, source, claim_id, created_by, created_by_name, created_at, version)
        VALUES (@id, @name, @other, @source, @claimId, @by, @byName, @now, 1)
        """;
}
