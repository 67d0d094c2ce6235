using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Store.Jurisdictions;

/// <summary>The unit to which a record of the libraries belongs.</summary>
public static class KeeperUnit
{
    /// <summary>The caller's own unit, whatever is said or not; of the centre the active reporting unit that it names.</summary>
    /// <returns>The unit's id, or 400 for the member <c>jurisdictionId</c>.</returns>
    public static async Task<Result<string>> Of(Session session, Caller caller, string? asked)
    {
        if (caller.Unit is { } own)
            return asked is null || asked == own ? own : Wrong("own-unit");
        if (asked is null)
            return Wrong("required");
        return await JurisdictionRow.ById(session, asked) is { Active: true, Reports: true } unit
            ? unit.Id
            : Wrong("unknown-unit");
    }

    private static Refusal Wrong(string code) => Refusal.Invalid(new FieldError("jurisdictionId", code));
}
