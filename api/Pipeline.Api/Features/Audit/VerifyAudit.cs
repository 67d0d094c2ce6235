using System.Text.Json;
using Pipeline.Api.Http;
using Pipeline.Data;

namespace Pipeline.Api.Features.Audit;

/// <summary>Verifies the audit trail: every link, the head that stands apart, and every anchor kept outside the database.</summary>
public static class VerifyAudit
{
    /// <summary>Where the trail first fails to hold: `sequence-gap`, `previous-hash`, `hash`, `missing`, `head`, `anchor`, `anchor-signature`, `anchor-file`.</summary>
    public sealed record Break(long Seq, string Reason);

    public sealed record Verification(bool Valid, long Checked, int AnchorsChecked, Break? FirstBroken);

    public static async Task<IResult> Handle(Call call, Anchors anchors)
    {
        var query = new QueryReader(call.Request);
        var from = query.Whole("from", 1, long.MaxValue) ?? 1;
        var to = query.Whole("to", 1, long.MaxValue) ?? long.MaxValue;
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session => Reply.Plain(await Verify(session, anchors, null, from, to)));
    }

    /// <summary>The present heads, signed: to be kept by whoever wants to check later.</summary>
    public static async Task<IResult> Anchor(Call call, Anchors anchors) =>
        call.UnknownParameters() is { } unknown ? (Reply)unknown : Reply.Plain(await anchors.Now());

    /// <summary>Verifies a stretch of the trail against itself, its head and the anchors in a file.</summary>
    public static async Task<Verification> Verify(
        Session session,
        Anchors anchors,
        string? file,
        long from = 1,
        long to = long.MaxValue
    )
    {
        List<Anchor> kept;
        try
        {
            kept = [.. anchors.Read(file)];
        }
        catch (JsonException)
        {
            return new Verification(false, 0, 0, new Break(0, "anchor-file"));
        }

        if (kept.FirstOrDefault(anchor => !anchors.IsOurs(anchor)) is { } forged)
            return new Verification(false, 0, 0, new Break(forged.AuditSeq, "anchor-signature"));
        var expectedAt = kept.ToLookup(anchor => anchor.AuditSeq, anchor => anchor.AuditHash);
        var head = (await session.One<Head>(SelectHead))!;
        var expected = from == 1 ? Canonical.Genesis : await session.One<string>(HashOf, new { seq = from - 1 });
        var next = from;
        var anchored = 0;
        await foreach (var row in session.Stream<AuditRow>(Stretch, new { from, to }))
        {
            var reason =
                row.Seq != next ? "sequence-gap"
                : expected is not null && row.PreviousHash != expected ? "previous-hash"
                : row.Seal() != row.Hash ? "hash"
                : expectedAt[row.Seq].Any(hash => hash != row.Hash) ? "anchor"
                : null;
            if (reason is not null)
                return new Verification(false, next - from, anchored, new Break(Math.Min(row.Seq, next), reason));
            anchored += expectedAt[row.Seq].Count();
            expected = row.Hash;
            next++;
        }

        // The head was read first: what has been added since is no fault.
        if (next <= head.Seq && next <= to)
            return new Verification(false, next - from, anchored, new Break(next, "missing"));
        if (next == head.Seq + 1 && expected != head.Hash)
            return new Verification(false, next - from, anchored, new Break(head.Seq, "head"));
        if (
            kept.Where(anchor => anchor.AuditSeq > head.Seq && anchor.AuditSeq <= to)
                .MinBy(anchor => anchor.AuditSeq) is
            { } beyond
        )
            return new Verification(false, next - from, anchored, new Break(beyond.AuditSeq, "missing"));
        foreach (var anchor in kept.Where(anchor => anchor.ReceiptSequence > 0))
        {
            if (
                await session.One<string>(Receipts.SealOf, new { sequence = anchor.ReceiptSequence })
                != anchor.ReceiptHash
            )
                return new Verification(false, next - from, anchored, new Break(anchor.AuditSeq, "anchor"));
        }

        return new Verification(true, next - from, anchored, null);
    }

    private sealed class Head
    {
        public long Seq { get; init; }
        public required string Hash { get; init; }
    }

    private const string SelectHead = "SELECT seq, hash FROM audit_head WHERE id = 1";
    private const string HashOf = "SELECT hash FROM audit WHERE seq = @seq";
    private const string Stretch =
        $"SELECT {AuditRow.Columns} FROM audit WHERE seq >= @from AND seq <= @to ORDER BY seq";
}
