using Pipeline.Api.Http;
using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>What was done to an account by which somebody else could act under its name.</summary>
public enum AccountChange
{
    Created,
    Changed,
    LinkIssued,
    SecondFactorReset,

    /// <summary>An identity of the single sign-on was bound to it.</summary>
    Linked,

    /// <summary>The single sign-on gave it another role or unit.</summary>
    ChangedBySignOn,
}

/// <summary>What somebody may do: by role, for a unit.</summary>
public sealed record Standing(Role Role, string? UnitId);

/// <summary>Tells of changes to accounts: the person, the colleagues in whose unit the account acts or acted, and the coordinators where it reads the whole city. Whoever administers accounts cannot become somebody unseen.</summary>
public static class AccountNotices
{
    /// <param name="occasion">What makes it this change and no other.</param>
    /// <param name="standings">What the account may do, and what it could do before.</param>
    public static async Task Of(
        Session session,
        AccountChange change,
        string userId,
        string displayName,
        string occasion,
        IReadOnlyList<Standing> standings,
        Caller? by
    )
    {
        var facts = new NoticeFacts { Name = displayName, Account = change };
        var told = standings.Select(AudienceOf).OfType<Audience>().DistinctBy(audience => audience.Name).ToList();
        var now = standings[0];
        if (
            change != AccountChange.Created
            && told.TrueForAll(audience => audience.Name != Audience.Of(now.Role, now.UnitId))
        )
            told.Add(Audience.Person(userId));
        foreach (var audience in told)
            await Notice.Tell(
                session,
                NoticeKind.AccountChanged,
                audience,
                $"{userId}:{Slug.Of(change)}:{occasion}",
                facts,
                by: by
            );
    }

    private static Audience? AudienceOf(Standing standing) =>
        standing.Role != Role.Officer ? Audience.Coordinators
        : standing.UnitId is { } unit ? Audience.Unit(unit)
        : null;
}
