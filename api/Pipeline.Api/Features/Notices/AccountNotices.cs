using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells of changes to accounts: the person, the colleagues in whose unit the account acts or acted, and the coordinators where it reads the whole city. Whoever administers accounts cannot become somebody unseen.</summary>
public static class AccountNotices
{
    public static async Task Changed(Session session, AccountChanged happened)
    {
        var (change, userId, displayName, occasion, standings, by) = happened;
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

    /// <summary>Tells the unit and the centre that a key waits for them.</summary>
    public static async Task KeyWaits(Session session, KeyAwaitsConfirmation happened)
    {
        List<Audience> audiences = [Audience.Coordinators];
        if (happened.UnitId is { } unit)
            audiences.Insert(0, Audience.Unit(unit));
        foreach (var audience in audiences)
            await Notice.Tell(
                session,
                NoticeKind.KeyWaiting,
                audience,
                happened.Occasion,
                new NoticeFacts
                {
                    Name = happened.KeyName,
                    Unit = audience == Audience.Coordinators ? happened.UnitName : null,
                },
                by: happened.Actor
            );
    }

    /// <summary>Tells the unit of a key and those who administer keys, once for each operation, that the key calls what will go.</summary>
    public static async Task WillGo(Session session, DeprecatedOperationUsed happened)
    {
        List<Audience> audiences = [Audience.Administrators];
        if (happened.Key.Unit is { } unit)
            audiences.Add(Audience.Unit(unit));
        foreach (var audience in audiences)
            await Notice.Tell(
                session,
                NoticeKind.DeprecatedUsed,
                audience,
                $"{happened.Key.UserId}:{happened.Operation}:{happened.Sunset:yyyy-MM-dd}",
                new NoticeFacts
                {
                    Name = happened.Key.Username,
                    Title = happened.Operation,
                    On = happened.Sunset,
                }
            );
    }

    private static Audience? AudienceOf(Standing standing) =>
        standing.Role != Role.Officer ? Audience.Coordinators
        : standing.UnitId is { } unit ? Audience.Unit(unit)
        : null;
}
