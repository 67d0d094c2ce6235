using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>What a use case answers: a refusal, or a body with its version. It knows how to become a response, and how to be kept for a replay.</summary>
public sealed record Reply : IResult
{
    public Refusal? Refusal { get; private init; }
    public int Status { get; private init; } = 200;
    public byte[]? Body { get; private init; }
    public string? ETag { get; private init; }
    public string? Location { get; init; }
    public bool Replayed { get; init; }

    /// <summary>Whether nothing of what was done is to stay, although the answer is no plain refusal.</summary>
    public bool IsUndone { get; init; }

    /// <summary>Whether all is as it was: there is nothing to keep an answer for.</summary>
    public bool ChangesNothing { get; init; }

    /// <summary>The project a kept answer tells of: who may no longer see it gets no replay.</summary>
    public string? ProjectId { get; init; }

    /// <summary>What a replay gets instead of the body: the same without the secret that is shown once.</summary>
    public byte[]? KeptBody { get; init; }

    public static implicit operator Reply(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>A single resource: its ETag is its version and a hash of the body as this caller gets it.</summary>
    public static Reply Resource<T>(
        T body,
        long version,
        int status = 200,
        string? location = null,
        string? projectId = null
    )
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Json.Options);
        return new Reply
        {
            Status = status,
            Body = bytes,
            ETag = ETags.Of(version, bytes),
            Location = location,
            ProjectId = projectId,
        };
    }

    /// <summary>A list or a report: no version.</summary>
    public static Reply Plain<T>(T body, int status = 200) =>
        new() { Status = status, Body = JsonSerializer.SerializeToUtf8Bytes(body, Json.Options) };

    /// <summary>The same with those members alone that were asked for; the tag is of what is told then.</summary>
    public Reply With(SparseFields? fields)
    {
        if (fields is null || Body is null)
            return this;
        var told = JsonNode.Parse(Body)!.AsObject();
        fields.Apply(told);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(told, Json.Options);
        return this with { Body = bytes, ETag = ETag is null ? null : ETags.Again(ETag, bytes) };
    }

    /// <summary>The answer to <c>validateOnly</c>: of a media type of its own, so that it is never taken for the effect.</summary>
    public static Reply Only(DryRun dry) => Plain(dry) with { ContentType = DryRun.MediaType };

    /// <summary>Where a use case stops that was only to validate; <see cref="Call.Write(Func{Session, Task{Reply}})"/> makes the answer of it.</summary>
    public static Reply NothingStored { get; } = new();

    /// <summary>What <c>validateOnly</c> tells beside that it would have succeeded.</summary>
    public DryRun? Dry { get; init; }

    /// <summary>What is done after the answer; when it is, is told elsewhere.</summary>
    public static Reply Accepted(string toldAt) => new() { Status = 202, Location = toldAt };

    private string ContentType { get; init; } = "application/json";

    public static Reply NoContent() => new() { Status = 204 };

    public static Reply Kept(int status, string? body, string? etag, string? location) =>
        new()
        {
            Status = status,
            Body = body is null ? null : System.Text.Encoding.UTF8.GetBytes(body),
            ETag = etag,
            Location = location,
            Replayed = true,
        };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (Refusal is not null)
        {
            await Problems.Write(httpContext, Refusal);
            return;
        }

        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "private, no-cache";
        if (ETag is not null)
            response.Headers.ETag = ETag;
        if (Location is not null)
            response.Headers.Location = Location;
        if (Replayed)
            response.Headers["Idempotency-Replayed"] = "true";
        if (Body is null)
            return;
        if (
            ETag is not null
            && HttpMethods.IsGet(httpContext.Request.Method)
            && ETags.NoneMatch(httpContext.Request, ETag)
        )
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = $"{ContentType}; charset=utf-8";
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}

/// <summary>Strong entity tags: "version-hash of the body".</summary>
public static class ETags
{
    public static string Of(long version, byte[] body) =>
        $"\"{version}-{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"";

    /// <summary>The tag of another representation of the same version.</summary>
    public static string Again(string tag, byte[] body) =>
        Of(
            long.Parse(tag.AsSpan(1, tag.IndexOf('-', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture),
            body
        );

    /// <summary>Whether If-None-Match names this representation: compared weakly (RFC 9110 §13.1.2), as a proxy that compresses weakens the tags it passes on.</summary>
    public static bool NoneMatch(HttpRequest request, string etag) =>
        request.GetTypedHeaders().IfNoneMatch is { } tags && tags.Any(tag => tag.Tag == "*" || tag.Tag == etag);

    /// <summary>428 without If-Match, 412 when it names another version; null when it fits. Only the version is compared, so a weak tag names it as well as a strong one.</summary>
    public static Refusal? Check(HttpRequest request, long version) =>
        Check(request.Headers.IfMatch.ToString(), version);

    /// <inheritdoc cref="Check(HttpRequest, long)"/>
    public static Refusal? Check(string? header, long version)
    {
        if (string.IsNullOrWhiteSpace(header))
            return new Refusal(RefusalKind.Conflict, "precondition-required");
        foreach (var given in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var tag = given.StartsWith("W/", StringComparison.Ordinal) ? given[2..] : given;
            if (
                given == "*"
                || (
                    tag.Length > 2
                    && tag[0] == '"'
                    && tag[^1] == '"'
                    && tag[1..^1].Split('-')[0] == version.ToString(System.Globalization.CultureInfo.InvariantCulture)
                )
            )
                return null;
        }

        return new Refusal(RefusalKind.Conflict, "precondition-failed");
    }
}
