using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Closing;

/// <summary>What a period came to when it was closed (R108); its figures are read at <c>/figures?snapshot=</c>.</summary>
public sealed record SnapshotView
{
    public required string Id { get; init; }
    public required string Period { get; init; }
    public required long Version { get; init; }
    public required PersonRef MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Whether it tells the period's figures by now: no later version does, and the period was not opened again.</summary>
    public required bool Current { get; init; }

    /// <summary>The periods whose figures it has: its own, and the quarter or year that ends with it.</summary>
    public required IReadOnlyList<string> Periods { get; init; }

    /// <summary>How many facts are booked in the period, up to which row of the ledger it knows them, and its hash; for those who read every project of the city.</summary>
    public int? Facts { get; init; }
    public long? LedgerSeq { get; init; }
    public string? Hash { get; init; }
}

/// <summary>Whether a snapshot holds.</summary>
/// <param name="Contents">Whether its figures have the hash that was made when it was closed.</param>
/// <param name="Ledger">Whether the ledger still stands that it names.</param>
/// <param name="Trail">Whether its hash is in the audit trail.</param>
public sealed record SnapshotCheck(bool Valid, bool Contents, bool Ledger, bool Trail, string Hash);

/// <summary>Reads snapshots, and holds them against what they were.</summary>
public static class ReadSnapshots
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await SnapshotRow.ById(session, id) is not { } snapshot)
                return (Reply)Refusal.NotFound;
            var period = (await PeriodRow.Of(session, snapshot.Period))!;
            var whole = VisibleLedger.IsWhole(call.Caller);
            return Reply.Plain(
                new SnapshotView
                {
                    Id = snapshot.Id,
                    Period = snapshot.Period,
                    Version = snapshot.Version,
                    MadeBy = new PersonRef(snapshot.MadeBy, snapshot.MadeByName),
                    MadeAt = snapshot.MadeAt,
                    Current = period.At == PeriodStatus.Closed && period.SnapshotId == snapshot.Id,
                    Periods = [.. MakeSnapshot.ToldWith(snapshot.Period)],
                    Facts = whole ? snapshot.MadeFrom.Facts : null,
                    LedgerSeq = whole ? snapshot.LedgerSeq : null,
                    Hash = whole ? snapshot.Hash : null,
                }
            );
        });

    public static Task<IResult> Verify(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await SnapshotRow.ById(session, id) is not { } snapshot)
                return (Reply)Refusal.NotFound;
            var (contents, ledger, trail) = await SnapshotSeal.Check(session, snapshot);
            return Reply.Plain(new SnapshotCheck(contents && ledger && trail, contents, ledger, trail, snapshot.Hash));
        });
}
