using Pipeline.Data;

namespace Pipeline.Store;

/// <summary>The values that every record of the libraries has: its id, who put it there and when, and the version that is changed.</summary>
public static class RecordValues
{
    /// <summary>Sets those of a new record: <c>id</c>, <c>by</c>, <c>byName</c>, <c>now</c>.</summary>
    public static void AddKeeper(this Parameters values, Session session, Caller by, string id)
    {
        values.Add("id", id);
        values.Add("by", by.UserId);
        values.Add("byName", by.DisplayName);
        values.Add("now", session.Now);
    }

    /// <summary>Sets those of a record that is changed: <c>id</c>, <c>version</c>, <c>now</c>.</summary>
    public static void AddChanged(this Parameters values, Session session, string id, long version)
    {
        values.Add("id", id);
        values.Add("version", version);
        values.Add("now", session.Now);
    }
}
