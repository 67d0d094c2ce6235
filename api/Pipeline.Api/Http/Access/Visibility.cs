using Pipeline.Data;

namespace Pipeline.Api.Http.Access;

/// <summary>Whether a record exists for a caller, by the kind that its path names (<c>claims</c>) and its id.</summary>
public delegate Task<bool> SeesRecord(Session session, Caller caller, string id);

/// <summary>Whether the record of a kept answer exists for a caller, as far as the answer tells of it.</summary>
public sealed class Visibility(IReadOnlyDictionary<string, SeesRecord> kinds)
{
    /// <param name="record">As a path names it: <c>claims/{id}</c>. Whoever may ask for records of other kinds may see them all, or only the own.</param>
    public async Task<bool> Sees(Session session, Caller caller, string record)
    {
        var (kind, id) = record.Split('/') is [var first, var second] ? (first, second) : (record, "");
        return !kinds.TryGetValue(kind, out var sees) || await sees(session, caller, id);
    }
}
