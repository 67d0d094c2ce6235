using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>Which members of a record a caller wants (<c>fields=chain,landMu</c>): what every record has is told in any case, so that what reads whole records reads these as well.</summary>
public sealed class SparseFields
{
    private readonly HashSet<string> kept;

    private SparseFields(HashSet<string> kept) => this.kept = kept;

    public static QueryParameter Parameter { get; } =
        Query.Text(
            "fields",
            "Which members are told of those that a record may have or not, with commas between them; those that it always has are told in any case. Without it all."
        );

    /// <summary>What the query asks for of records of this shape; null: everything.</summary>
    /// <param name="always">Members that are told in any case beside the required ones.</param>
    public static SparseFields? Read<TView>(QueryReader query, params string[] always)
    {
        if (query.Text(Parameter.Name, 1000) is not { } text)
            return null;
        var members = Json.Options.GetTypeInfo(typeof(TView)).Properties;
        var named = text.Split(',');
        var unknown = named.Except(members.Select(member => member.Name)).ToList();
        if (unknown.Count > 0)
            query.Refuse(Parameter.Name, "choice", string.Join(", ", members.Select(member => member.Name)));
        return new SparseFields([
            .. members.Where(member => member.IsRequired).Select(member => member.Name),
            .. always,
            .. named,
        ]);
    }

    /// <summary>Whether this member is told.</summary>
    public bool Has(string member) => kept.Contains(member);

    /// <summary>Leaves out of a record, or of each record of a list, what was not asked for.</summary>
    public void Apply(JsonObject body)
    {
        IEnumerable<JsonObject> records = body["items"] is JsonArray items ? items.OfType<JsonObject>() : [body];
        foreach (var record in records)
        foreach (var member in record.Select(member => member.Key).Where(name => !kept.Contains(name)).ToList())
            record.Remove(member);
    }
}
