using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Http;
using Pipeline.Data;

namespace Pipeline.Api.Features.Audit;

/// <summary>A line of an export of receipts: all that is needed to verify it, and no personal data.</summary>
/// <param name="Completions">The receipts of its completions (R14b), in their order; absent where there are none.</param>
public sealed record ReceiptLine(
    long Sequence,
    string Canonical,
    string Hash,
    string PreviousHash,
    IReadOnlyList<CompletionLine>? Completions = null
);

/// <summary>The receipt of a completion in an export: linked to the receipt before it of the same report.</summary>
public sealed record CompletionLine(int Completion, string Canonical, string Hash, string PreviousHash);

/// <summary>All receipts in one file of JSON lines, closed by the signed heads of the chains: whoever has it can verify it without the system (R22).</summary>
public static class ExportReceipts
{
    public static async Task<IResult> Handle(Call call, Anchors anchors, Database database)
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        var anchor = await call.Read(async session =>
        {
            session.Note(new AuditEntry("export-receipts") { Outcome = AuditOutcome.Read, SubjectKind = "claim" });
            return await anchors.Now();
        });
        var response = call.Context.Response;
        response.ContentType = "application/jsonl; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = $"attachment; filename=receipts-{anchor.At:yyyy-MM-dd}.jsonl";
        if (Methods.IsHead(call.Context))
            return Results.Empty;
        try
        {
            await database.Read(async session =>
            {
                // Few reports are ever returned.
                var completions = (
                    await session.Query<CompletionRow>(Completed, new { last = anchor.ReceiptSequence })
                ).ToLookup(one => one.Sequence);
                await foreach (var line in session.Stream<Row>(Lines, new { last = anchor.ReceiptSequence }))
                    await Write(
                        response,
                        new ReceiptLine(
                            line.Sequence,
                            line.Canonical,
                            line.ReceiptHash,
                            line.PreviousHash,
                            completions.Contains(line.Sequence)
                                ?
                                [
                                    .. completions[line.Sequence]
                                        .Select(one => new CompletionLine(
                                            one.Number,
                                            one.Canonical,
                                            one.ReceiptHash,
                                            one.PreviousHash
                                        )),
                                ]
                                : null
                        ),
                        call.Context.RequestAborted
                    );
                return true;
            });
            await Write(response, anchor, call.Context.RequestAborted);
        }
        catch
        {
            // A file without its last line does not verify; the connection breaks so that nobody takes it for whole.
            call.Context.Abort();
            throw;
        }

        return Results.Empty;
    }

    private static Task Write<T>(HttpResponse response, T line, CancellationToken cancel) =>
        response.Body.WriteAsync(Encoding.UTF8.GetBytes(Json.Write(line) + "\n"), cancel).AsTask();

    private sealed class Row
    {
        public long Sequence { get; init; }
        public required string Canonical { get; init; }
        public required string ReceiptHash { get; init; }
        public required string PreviousHash { get; init; }
    }

    private sealed class CompletionRow
    {
        public long Sequence { get; init; }
        public int Number { get; init; }
        public required string Canonical { get; init; }
        public required string ReceiptHash { get; init; }
        public required string PreviousHash { get; init; }
    }

    private const string Completed = """
        SELECT c.sequence, r.number, r.canonical, r.receipt_hash, r.previous_hash FROM claim_returns r JOIN claims c ON c.id = r.claim_id
        WHERE r.completed_at IS NOT NULL AND c.sequence <= @last ORDER BY c.sequence, r.number
        """;
    private const string Lines =
        "SELECT sequence, canonical, receipt_hash, previous_hash FROM claims WHERE sequence <= @last ORDER BY sequence";
}

/// <summary>Verifies an export of receipts with nothing but the file: every seal, every link, every number, and the signature that closes it.</summary>
public static class VerifyReceiptFile
{
    /// <summary>How many receipts hold, and by whose key the file is closed; or what is wrong with it.</summary>
    /// <param name="Error">Null when everything holds.</param>
    public sealed record Result(long Checked, string? PublicKey, string? Error);

    /// <param name="publicKey">The key that must have signed it (Base64, as an earlier file told it); null: any.</param>
    public static Result Verify(IEnumerable<string> lines, string? publicKey = null)
    {
        var (expected, count, closed) = (Pipeline.Data.Canonical.Genesis, 0L, (Anchor?)null);
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (closed is not null)
                return new Result(count, null, "something follows the signature");
            try
            {
                if (JsonNode.Parse(line) is JsonObject node && node.ContainsKey("signature"))
                {
                    closed = Json.Read<Anchor>(line);
                    continue;
                }

                var receipt = Json.Read<ReceiptLine>(line);
                count++;
                if (Wrong(receipt, count, expected) is { } wrong)
                    return new Result(count - 1, null, $"receipt {receipt.Sequence}: {wrong}");
                expected = receipt.Hash;
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                return new Result(count, null, $"line {count + 1} is no receipt");
            }
        }

        if (closed is null)
            return new Result(count, null, "the signature that closes the file is missing: it was cut off");
        if (closed.ReceiptSequence != count || closed.ReceiptHash != expected)
            return new Result(
                count,
                closed.PublicKey,
                "the signature is of another chain, or receipts are missing at the end"
            );
        if (publicKey is not null && closed.PublicKey != publicKey)
            return new Result(count, closed.PublicKey, "it is signed by another key");
        return Anchors.HoldsByItself(closed)
            ? new Result(count, closed.PublicKey, null)
            : new Result(count, closed.PublicKey, "the signature does not hold");
    }

    private static string? Wrong(ReceiptLine receipt, long number, string expected)
    {
        if (receipt.Sequence != number)
            return $"number {number} is missing";
        if (receipt.PreviousHash != expected)
            return "it does not follow the one before";
        if (Pipeline.Data.Canonical.Hash(receipt.Canonical) != receipt.Hash)
            return "its text was altered";
        var content = JsonNode.Parse(receipt.Canonical)!;
        if (
            content["sequence"]!.GetValue<long>() != receipt.Sequence
            || (string)content["previousHash"]! != receipt.PreviousHash
        )
            return "its text tells of another receipt";
        var before = receipt.Hash;
        foreach (var completion in receipt.Completions ?? [])
        {
            if (WrongCompletion(receipt, completion, before) is { } wrong)
                return $"completion {completion.Completion}: {wrong}";
            before = completion.Hash;
        }

        return null;
    }

    private static string? WrongCompletion(ReceiptLine receipt, CompletionLine completion, string before)
    {
        if (completion.PreviousHash != before)
            return "it does not follow the one before";
        if (Pipeline.Data.Canonical.Hash(completion.Canonical) != completion.Hash)
            return "its text was altered";
        var (content, of) = (JsonNode.Parse(completion.Canonical)!, JsonNode.Parse(receipt.Canonical)!);
        return
            (int?)content["completion"] == completion.Completion
            && (string?)content["previousHash"] == before
            && (string?)content["claimId"] == (string?)of["claimId"]
            ? null
            : "its text tells of another receipt";
    }
}
