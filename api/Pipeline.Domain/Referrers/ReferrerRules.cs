using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Referrers;

/// <summary>Who brought a project.</summary>
public enum ReferrerKind
{
    Person,

    /// <summary>Several people, of whom one is named.</summary>
    Team,
}

/// <summary>Who has confirmed a referrer: the investor by a statement, then the unit, then the centre (R136).</summary>
public enum ReferrerStatus
{
    Named,
    InvestorConfirmed,
    UnitConfirmed,
    Confirmed,
}

/// <summary>Who may be a referrer, and when one is named (R136).</summary>
public static class ReferrerRules
{
    /// <summary>Why nobody can be named now; null: somebody can. Before registration only.</summary>
    public static Refusal? RefuseNaming(ActedOnProject project) =>
        project.Stage is Stage.InTalks or Stage.Signed
            ? null
            : new Refusal(RefusalKind.Conflict, "referrer-too-late", project.Stage);

    /// <summary>Whether a name is that of an investor, who is no referrer.</summary>
    public static bool IsInvestor(string name, IEnumerable<string> investors)
    {
        var key = Normalised.InvestorName(name);
        return key.Length > 0 && investors.Any(investor => Normalised.InvestorName(investor) == key);
    }
}
