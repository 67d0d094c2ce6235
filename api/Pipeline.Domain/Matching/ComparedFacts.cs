namespace Pipeline.Domain.Matching;

/// <summary>Facts with what R13 compares of them, each part worked out when it is first asked for, and once however many they are compared with. An empty form never matches anything.</summary>
public sealed class ComparedFacts(MatchFacts facts)
{
    public MatchFacts Facts => facts;

    /// <summary>The project's name, normalised.</summary>
    public string NameKey => field ??= Normalised.ProjectName(facts.Name);

    /// <summary>What is compared when names are written otherwise.</summary>
    public Spelling Spelling => field ??= Spelling.Of(facts);

    internal string NationalCode => field ??= Normalised.NationalCode(facts.NationalCode) ?? "";

    internal string IndustryClass => field ??= Normalised.IndustryClass(facts.IndustryCode) ?? "";

    internal IReadOnlyList<ComparedInvestor> Investors =>
        field ??= [.. facts.Investors.Select(investor => new ComparedInvestor(investor))];
}

/// <summary>An investor's code and names in the forms they are compared in; a generic name identifies nobody and is empty (R12).</summary>
internal sealed class ComparedInvestor(MatchInvestor investor)
{
    public string Uscc { get; } = Normalised.Uscc(investor.Uscc) ?? "";

    public string NameKey { get; } = Identified(investor.Name);

    public string ParentKey { get; } = investor.GroupParent is { } parent ? Identified(parent) : "";

    private static string Identified(string name) =>
        InvestorIdentity.IsGeneric(name) ? "" : Normalised.InvestorName(name);
}
