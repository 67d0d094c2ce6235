namespace Pipeline.Domain.Matching;

/// <summary>An investor as R13 looks at it.</summary>
/// <param name="Aliases">Other names that the centre keeps for the firm.</param>
public sealed record MatchInvestor(
    string Name,
    string? Uscc,
    string? GroupParent,
    IReadOnlyList<string>? Aliases = null
);

/// <summary>The facts of a project or a report that R13 compares.</summary>
public sealed record MatchFacts(
    string Name,
    string? NationalCode,
    IReadOnlyList<MatchInvestor> Investors,
    Money? TotalInvestment,
    string? IndustryCode
);

/// <summary>How surely two are one project (R13); the lower the number, the surer.</summary>
public enum MatchLevel
{
    /// <summary>The same project.</summary>
    L1 = 1,

    /// <summary>For review, because of the investor.</summary>
    L2 = 2,

    /// <summary>For review, because of the project.</summary>
    L3 = 3,
}

/// <summary>A match and why, the most telling reason first (<see cref="MatchReasons"/>).</summary>
public sealed record Match(MatchLevel Level, IReadOnlyList<string> Reasons);

/// <summary>The reasons of a match, codes that never change.</summary>
public static class MatchReasons
{
    public const string NationalCode = "national-code";
    public const string InvestorAndName = "investor-and-name";
    public const string InvestorClassAmount = "investor-class-amount";
    public const string InvestorClassName = "investor-class-name";
    public const string SameInvestor = "same-investor";
    public const string SimilarInvestor = "similar-investor";
    public const string OtherSpelling = "other-spelling";
    public const string Alias = "alias";
    public const string Phase = "phase";
    public const string SimilarNameAmount = "similar-name-amount";
    public const string NameCore = "name-core";
    public const string InvestorNamed = "investor-named";
    public const string GroupAndClass = "group-and-class";
}

/// <summary>Same or not (R13).</summary>
public static class Matcher
{
    /// <summary>From this similarity of investors' names on, a pair is for review (L2).</summary>
    public const double SimilarInvestorName = 0.85;

    /// <summary>From this similarity of projects' names on, a pair may be one (L1 with the investor and class, L3 with the amount).</summary>
    public const double SimilarProjectName = 0.60;

    private const decimal AmountTolerance = 0.10m;

    /// <summary>The level at which two projects match and why, or null when they are distinct. Symmetric.</summary>
    public static Match? Compare(MatchFacts a, MatchFacts b) => Compare(new ComparedFacts(a), new ComparedFacts(b));

    /// <summary>The same of facts that are compared with many.</summary>
    public static Match? Compare(ComparedFacts one, ComparedFacts other)
    {
        var (a, b, nameA, nameB) = (one.Facts, other.Facts, one.NameKey, other.NameKey);
        var sameName = IsOne(nameA, nameB);
        var similarName = nameA.Length > 0 && nameB.Length > 0 && Similarity.AtLeast(nameA, nameB, SimilarProjectName);
        var sameClass = IsOne(one.IndustryClass, other.IndustryClass);
        var closeAmount = AmountsAgree(a.TotalInvestment, b.TotalInvestment);
        var sameInvestor = one.Investors.Any(x => other.Investors.Any(y => IsSameInvestor(x, y)));
        var onlyPhases =
            sameInvestor && sameClass && (closeAmount || similarName) && !sameName && PhaseMarks.Differ(a.Name, b.Name);

        var same = new List<string>();
        if (IsOne(one.NationalCode, other.NationalCode))
            same.Add(MatchReasons.NationalCode);
        var byCodeOnly = same.Count;
        if (sameInvestor && sameName)
            same.Add(MatchReasons.InvestorAndName);
        if (sameInvestor && sameClass && closeAmount && !onlyPhases)
            same.Add(MatchReasons.InvestorClassAmount);
        if (sameInvestor && sameClass && similarName && !onlyPhases)
            same.Add(MatchReasons.InvestorClassName);

        var investor = new List<string>();
        if (sameInvestor && same.Count == byCodeOnly)
            investor.Add(MatchReasons.SameInvestor);
        if (onlyPhases)
            investor.Add(MatchReasons.Phase);
        if (!sameInvestor && one.Investors.Any(x => other.Investors.Any(y => IsSimilarInvestor(x, y))))
            investor.Add(MatchReasons.SimilarInvestor);
        if (same.Count + investor.Count == 0)
            investor.AddRange(WrittenOtherwise(one.Spelling, other.Spelling));

        var project = new List<string>();
        if (similarName && closeAmount)
            project.Add(MatchReasons.SimilarNameAmount);
        if (sameClass && one.Investors.Any(x => other.Investors.Any(y => IsOne(x.ParentKey, y.ParentKey))))
            project.Add(MatchReasons.GroupAndClass);
        if (same.Count + investor.Count + project.Count == 0)
            project.AddRange(NamedOtherwise(one, other));

        MatchLevel? level =
            same.Count > 0 ? MatchLevel.L1
            : investor.Count > 0 ? MatchLevel.L2
            : project.Count > 0 ? MatchLevel.L3
            : null;
        return level is null ? null : new Match(level.Value, [.. same, .. investor, .. project]);
    }

    /// <summary>Where both have a well-formed USCC, whether they are equal; else whether the normalised names are. Generic names identify nobody (R12).</summary>
    public static bool IsSameInvestor(MatchInvestor a, MatchInvestor b) =>
        IsSameInvestor(new ComparedInvestor(a), new ComparedInvestor(b));

    /// <summary>Whether the names of two investors are so alike that they may be one: similar, or one name written otherwise.</summary>
    public static bool AreWrittenOtherwise(MatchInvestor a, MatchInvestor b) =>
        IsSimilarInvestor(new ComparedInvestor(a), new ComparedInvestor(b))
        || InvestorSpellings.AreAlike(InvestorSpellings.Of(a.Name), InvestorSpellings.Of(b.Name));

    /// <summary>Whether two amounts are within 10 % of the larger, in one currency; missing amounts never are.</summary>
    public static bool AmountsAgree(Money? a, Money? b) =>
        a is { Amount: > 0 } x
        && b is { Amount: > 0 } y
        && x.Currency == y.Currency
        && Math.Abs(x.Amount - y.Amount) <= AmountTolerance * Math.Max(x.Amount, y.Amount);

    private static bool IsSameInvestor(ComparedInvestor a, ComparedInvestor b) =>
        a.Uscc.Length > 0 && b.Uscc.Length > 0 ? a.Uscc == b.Uscc : IsOne(a.NameKey, b.NameKey);

    private static bool IsSimilarInvestor(ComparedInvestor a, ComparedInvestor b) =>
        a.NameKey.Length > 0 && b.NameKey.Length > 0 && Similarity.AtLeast(a.NameKey, b.NameKey, SimilarInvestorName);

    private static bool IsOne(string a, string b) => a.Length > 0 && a == b;

    /// <summary>Why investors that are not the same by their names may be one firm: an alias the centre keeps, or another spelling.</summary>
    private static IEnumerable<string> WrittenOtherwise(Spelling a, Spelling b)
    {
        if (
            a.Aliases.Any(alias => b.Forms.Any(forms => InvestorSpellings.AreAlike([alias], forms)))
            || b.Aliases.Any(alias => a.Forms.Any(forms => InvestorSpellings.AreAlike([alias], forms)))
        )
            yield return MatchReasons.Alias;
        if (a.Forms.Any(x => b.Forms.Any(y => InvestorSpellings.AreAlike(x, y))))
            yield return MatchReasons.OtherSpelling;
    }

    /// <summary>Why projects whose names are not similar may be one: the names have one core and the amounts do not speak against it, or the one names the other's investor.</summary>
    private static IEnumerable<string> NamedOtherwise(ComparedFacts one, ComparedFacts other)
    {
        var (a, b, x, y) = (one.Facts, other.Facts, one.Spelling, other.Spelling);
        if (
            ProjectCores.AreAlike(x.Core, y.Core)
            && (!AmountsDiffer(a.TotalInvestment, b.TotalInvestment) || PhaseMarks.Differ(a.Name, b.Name))
        )
            yield return MatchReasons.NameCore;
        if (x.Forms.Any(forms => NamesOne(y.Core, forms)) || y.Forms.Any(forms => NamesOne(x.Core, forms)))
            yield return MatchReasons.InvestorNamed;
    }

    private static bool NamesOne(string core, IReadOnlyList<string> forms) =>
        forms.Any(form => ProjectCores.Names(core, form));

    private static bool AmountsDiffer(Money? a, Money? b) =>
        a is { Amount: > 0 } x && b is { Amount: > 0 } y && x.Currency == y.Currency && !AmountsAgree(x, y);
}
