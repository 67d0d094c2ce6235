using System.Net;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Claims;

/// <summary>The page behind the code on a printed receipt: whether one with this seal was issued and is unchanged, and nothing else (R22).</summary>
public static class CheckReceipt
{
    public static async Task<IResult> Handle(string hash, Call call, RateLimits limits)
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        if (!await limits.Admits(call.Context, limits.Checks, Origins.Address(call.Context)))
            return Results.Empty;
        var valid = IsHash(hash) && await call.Read(session => IsIntact(session, hash));
        var language = Messages.Language(call.Request);
        var other = language == Messages.Chinese ? Messages.English : Messages.Chinese;
        call.Context.Response.Headers.CacheControl = "no-store";
        return Results.Content(
            $"""
            <!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>{Html(
                Messages.Text(language, "receipt-check.title")
            )}</title></head>
            <body>{Section(language, valid)}{Section(other, valid)}</body></html>
            """,
            "text/html; charset=utf-8"
        );
    }

    private static string Section(string language, bool valid) =>
        $"""
            <section lang="{language}"><h1>{Html(Messages.Text(language, "receipt-check.title"))}</h1><p><strong>{Html(
                Messages.Text(language, valid ? "receipt-check.valid" : "receipt-check.invalid")
            )}</strong></p></section>
            """;

    private static bool IsHash(string hash) =>
        hash.Length == 64 && hash.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f');

    private static async Task<bool> IsIntact(Session session, string hash) =>
        await session.One<long?>(SequenceOf, new { hash }) is { } sequence
        && (await Receipts.Verify(session, sequence, sequence)).Valid;

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private const string SequenceOf = """
        SELECT sequence FROM claims WHERE receipt_hash = @hash
        UNION ALL SELECT c.sequence FROM claim_returns r JOIN claims c ON c.id = r.claim_id WHERE r.receipt_hash = @hash
        """;
}
