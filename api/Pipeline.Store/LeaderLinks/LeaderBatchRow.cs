using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.LeaderLinks;

namespace Pipeline.Store.LeaderLinks;

/// <summary>A link that a batch makes.</summary>
public sealed record NewLink
{
    public string? LeaderId { get; init; }
    public string? ProjectId { get; init; }
    public LeaderRole? Role { get; init; }
}

/// <summary>That a leader takes over the link of another.</summary>
public sealed record Replacement
{
    public string? LinkId { get; init; }
    public string? LeaderId { get; init; }
}

/// <summary>That a link is closed, and why (R82).</summary>
public sealed record CloseOut
{
    public string? LinkId { get; init; }
    public LinkEnd? Reason { get; init; }
}

/// <summary>What a batch changes.</summary>
public sealed record LeaderBatchBody
{
    public IReadOnlyList<NewLink>? Links { get; init; }
    public IReadOnlyList<Replacement>? Replacements { get; init; }
    public IReadOnlyList<CloseOut>? CloseOuts { get; init; }
}

/// <summary>A batch as it is stored.</summary>
public sealed class LeaderBatchRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public long? Number { get; init; }
    public required string Status { get; init; }
    public required string Body { get; init; }
    public required string DraftedBy { get; init; }
    public required string DraftedByName { get; init; }
    public DateTimeOffset DraftedAt { get; init; }
    public string? IssuedBy { get; init; }
    public string? IssuedByName { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }
    public DateOnly? IssuedOn { get; init; }
    public long Version { get; init; }

    public BatchStatus At => Slug.To<BatchStatus>(Status);
    public LeaderBatchBody Changes => Json.Read<LeaderBatchBody>(Body);

    public static Task<LeaderBatchRow?> ById(Session session, string id) =>
        session.One<LeaderBatchRow>($"{Select} WHERE b.id = @id", new { id });

    /// <summary>The batch of an id, or of a number.</summary>
    public static async Task<LeaderBatchRow?> Find(Session session, string idOrNumber) =>
        long.TryParse(idOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && idOrNumber.Length <= 9
            ? await session.One<LeaderBatchRow>($"{Select} WHERE b.number = @number", new { number })
            : await ById(session, idOrNumber);

    /// <summary>The batch that was issued last; null: none was.</summary>
    public static async Task<LeaderBatchRow?> Last(Session session) =>
        (
            await session.Query<LeaderBatchRow>(
                $"{Select} WHERE b.number IS NOT NULL ORDER BY b.number DESC {{page}}",
                new { limit = 1 }
            )
        ).FirstOrDefault();

    public const string Select =
        "SELECT b.seq, b.id, b.number, b.status, b.body, b.drafted_by, b.drafted_by_name, b.drafted_at, b.issued_by, b.issued_by_name, b.issued_at, b.issued_on, b.version FROM leader_batches b";
}

/// <summary>A batch of links was issued: what it made and what it closed.</summary>
public sealed record LeaderBatchIssued(
    string BatchId,
    long Number,
    IReadOnlyList<LeaderLinkRow> Made,
    IReadOnlyList<LeaderLinkRow> Closed,
    Caller Actor
) : IDomainEvent;
