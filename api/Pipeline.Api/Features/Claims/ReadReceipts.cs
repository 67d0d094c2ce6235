using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Claims;

/// <summary>A receipt as it is handed over and printed: docs/receipts.md tells how to verify it.</summary>
/// <param name="Salt">What the hashes of notes, persons and referrer begin with; absent once a person was erased.</param>
public sealed record ReceiptsView(
    string ClaimId,
    long Sequence,
    DateTimeOffset ReceivedAt,
    UnitRef Jurisdiction,
    string ProjectName,
    string Hash,
    string PreviousHash,
    string Canonical,
    string? Salt,
    IReadOnlyList<CompletionReceipt> Completions
);

/// <summary>The receipt of a completion (R14b): it seals the report as it was completed, and is linked to the receipt before it of the same report.</summary>
public sealed record CompletionReceipt(
    int Completion,
    DateTimeOffset CompletedAt,
    string Hash,
    string PreviousHash,
    string Canonical,
    string? Salt
);

/// <summary>Receipts over HTTP (R22).</summary>
public static class ReadReceipts
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await LoadClaim.For(session, call.Caller, id) is { } claim
                ? Reply.Plain(
                    new ReceiptsView(
                        claim.Id,
                        claim.Sequence,
                        claim.ReceivedAt,
                        new UnitRef(claim.JurisdictionId, claim.JurisdictionName),
                        Json.Read<ProjectBody>(claim.Report).Name ?? "",
                        claim.ReceiptHash,
                        claim.PreviousHash,
                        claim.Canonical,
                        Receipts.SaltOf(claim),
                        [
                            .. (
                                await session.Query<Receipts.Completion>(Receipts.Completions, new { claimId = id })
                            ).Select(one => new CompletionReceipt(
                                one.Number,
                                one.CompletedAt,
                                one.ReceiptHash,
                                one.PreviousHash,
                                one.Canonical,
                                Receipts.SaltOf(one.Canonical, one.Salt, claim.People)
                            )),
                        ]
                    )
                )
                : (Reply)Refusal.NotFound
        );

    /// <summary>Verifies the chain from one sequence number to another, both included.</summary>
    public static async Task<IResult> VerifyChain(Call call)
    {
        var query = new QueryReader(call.Request);
        var from = query.Whole("from", 1, long.MaxValue) ?? 1;
        var to = query.Whole("to", 1, long.MaxValue) ?? long.MaxValue;
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session => Reply.Plain(await Receipts.Verify(session, from, to)));
    }
}
