using Pipeline.Data;
using Pipeline.Domain.Duties;

namespace Pipeline.Store.Duties;

/// <summary>Who heads a unit, from a day to another.</summary>
public sealed record UnitHead
{
    /// <summary>The leader's account, to which projects are linked.</summary>
    public string? LeaderId { get; init; }
    public DateOnly? From { get; init; }

    /// <summary>The last day; absent as long as none is known.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>Somebody who works in investment promotion for a unit, from a day to another.</summary>
public sealed record UnitOfficer
{
    public string? Name { get; init; }

    /// <summary>Where he or she is posted outside the city; absent: nowhere.</summary>
    public string? PostedTo { get; init; }

    /// <summary>The first day in this work; absent: not known.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; absent as long as none is known.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>The people of a unit as they are stated: who left stays, with the last day.</summary>
public sealed record UnitPeople
{
    public IReadOnlyList<UnitHead> Heads { get; init; } = [];
    public IReadOnlyList<UnitOfficer> Officers { get; init; } = [];

    /// <summary>The officers of a day. Since when somebody is one may be unknown; that he or she is one is stated.</summary>
    public IReadOnlyList<PromotionOfficer> OfficersOn(DateOnly day) =>
        [
            .. Officers
                .Where(one => (one.From is null || one.From <= day) && (one.To is null || day <= one.To))
                .Select(one => new PromotionOfficer(one.From, one.PostedTo is not null)),
        ];
}

/// <summary>A version of the people of a unit (R117).</summary>
public sealed class PostedPeopleRow
{
    public required string UnitId { get; init; }
    public long Version { get; init; }
    public required string Body { get; init; }
    public required string StatedBy { get; init; }
    public required string StatedByName { get; init; }
    public DateTimeOffset StatedAt { get; init; }

    public UnitPeople People => Json.Read<UnitPeople>(Body);

    /// <summary>The version that stands of a unit; null: nobody stated any.</summary>
    public static Task<PostedPeopleRow?> Of(Session session, string unitId) =>
        session.One<PostedPeopleRow>($"{Select} WHERE p.unit_id = @unitId AND {Last}", new { unitId });

    /// <summary>The versions that stand of some units.</summary>
    public static Task<List<PostedPeopleRow>> Standing(Session session, IReadOnlyCollection<string> units) =>
        units.Count == 0
            ? Task.FromResult<List<PostedPeopleRow>>([])
            : session.Query<PostedPeopleRow>($"{Select} WHERE p.unit_id IN @units AND {Last}", new { units });

    public static Task Add(Session session, Caller by, string unitId, long version, UnitPeople people) =>
        session.Execute(
            Insert,
            new
            {
                unitId,
                version,
                body = Json.Write(people),
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );

    private const string Last = "p.version = (SELECT MAX(l.version) FROM posted_people l WHERE l.unit_id = p.unit_id)";
    private const string Select =
        "SELECT p.unit_id, p.version, p.body, p.stated_by, p.stated_by_name, p.stated_at FROM posted_people p";
    private const string Insert = """
        INSERT INTO posted_people (unit_id, version, body, stated_by, stated_by_name, stated_at)
        VALUES (@unitId, @version, @body, @by, @byName, @now)
        """;
}
