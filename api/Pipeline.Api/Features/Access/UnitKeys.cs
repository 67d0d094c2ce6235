using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>The keys that act for a unit, as the unit and the centre see them, and those that open what is the whole city's, as the centre does. The administrator makes them, and has no project data: a secret works once somebody of the unit, or of the centre, has confirmed it.</summary>
public static class UnitKeys
{
    public static async Task<IResult> All(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var values = Parameters.Of(new { unit = call.Caller.Unit });
        var filter = Permissions.ReadsCity(call.Caller) ? OfProjects : "k.jurisdiction_id = @unit";
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<KeyRow>(
                $"{KeyRow.Select} WHERE {filter}{page.Behind("k.seq", values)} ORDER BY k.seq {{page}}",
                values
            );
            var total = await page.Total(session, $"SELECT COUNT(*) FROM api_keys k WHERE {filter}", values);
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(session.Now), total));
        });
    }

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(session.Now), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static Task<IResult> Confirm(string id, Call call) =>
        call.Write(async session =>
        {
            if (await For(session, call.Caller, id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (row.RevokedAt is not null)
                return new Refusal(RefusalKind.Conflict, "key-revoked");
            if (!row.Waits)
                return new Refusal(RefusalKind.Conflict, "key-confirmed");
            if (row.IssuedBy == call.Caller.UserId)
                return new Refusal(RefusalKind.Forbidden, "second-person-required");
            await session.Execute(
                Confirmed,
                new
                {
                    id,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                }
            );
            session.Note(new AuditEntry("api-key-confirmed") { SubjectKind = "api-key", SubjectId = id });
            row = (await KeyRow.ById(session, id))!;
            return Reply.Resource(row.View(session.Now), row.Version);
        });

    /// <summary>Whether a secret that somebody makes, or a right that he adds, works at once: where no unit's data is in reach, or no second person is needed.</summary>
    internal static async Task<bool> WorksAtOnce(Session session, Caller by, string? unitId, string scopes) =>
        !Scopes.NeedSecondPerson(unitId, scopes) || await IsDemo(session, by);

    /// <summary>Whether it is an account of the demo city: its passwords are known to all, so that a second person would protect nothing.</summary>
    internal static Task<bool> IsDemo(Session session, Caller caller) =>
        session.One<bool>("SELECT demo FROM users WHERE id = @id", new { id = caller.UserId });

    /// <summary>Tells the unit and the centre that a key waits for them.</summary>
    internal static Task TellWaiting(Session session, KeyRow key, Caller by) =>
        session.Raise(
            new KeyAwaitsConfirmation(
                key.Id,
                key.Name,
                key.JurisdictionId,
                key.JurisdictionName,
                $"{key.Id}:{key.Version}",
                by
            )
        );

    private static async Task<KeyRow?> For(Session session, Caller caller, string id) =>
        await KeyRow.ById(session, id) is { } row
        && Scopes.NeedSecondPerson(row.JurisdictionId, row.Scopes)
        && (Permissions.ReadsCity(caller) || (row.JurisdictionId is { } unit && unit == caller.Unit))
            ? row
            : null;

    /// <summary>As <see cref="Scopes.NeedSecondPerson"/> says.</summary>
    private const string OfProjects =
        "(k.jurisdiction_id IS NOT NULL OR k.scopes LIKE '%audit:read%' OR k.scopes LIKE '%library:%')";

    private const string Confirmed = """
        UPDATE api_key_secrets SET confirmed_at = @now, confirmed_by = @by, confirmed_by_name = @byName WHERE key_id = @id AND confirmed_at IS NULL AND valid_until IS NULL;
        UPDATE api_keys SET version = version + 1, updated_at = @now WHERE id = @id
        """;
}
