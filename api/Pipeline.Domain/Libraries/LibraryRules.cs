using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Libraries;

/// <summary>When entries of a library are the same, similar, or no longer to be trusted (R130).</summary>
public static class LibraryRules
{
    /// <summary>An entry that nobody verified for so many months is grey *(design)*.</summary>
    public const int MonthsUntilGrey = 12;

    /// <summary>From here on names are so alike that somebody should look *(design)*.</summary>
    public const double SimilarFrom = 0.8;

    /// <summary>The first day on which an entry is grey: twelve months after it was verified, or entered where it never was.</summary>
    public static DateOnly GreyFrom(DateOnly trustedSince) => trustedSince.AddMonths(MonthsUntilGrey);

    /// <summary>The name by which R13 compares; of a person together with the employer, since two people may have one name.</summary>
    public static string NameKey(string name, string? employer = null)
    {
        var key = Normalised.InvestorName(name);
        return employer is { Length: > 0 } && Normalised.InvestorName(employer) is { Length: > 0 } of
            ? $"{key}@{of}"
            : key;
    }

    /// <summary>Whether two entries are the same by the exact keys of R13: equal codes where both have one, else equal names.</summary>
    public static bool AreSame((string NameKey, string? Uscc) one, (string NameKey, string? Uscc) other) =>
        one.Uscc is { Length: > 0 } && other.Uscc is { Length: > 0 }
            ? string.Equals(one.Uscc, other.Uscc, StringComparison.Ordinal)
            : one.NameKey.Length > 0 && string.Equals(one.NameKey, other.NameKey, StringComparison.Ordinal);
}
