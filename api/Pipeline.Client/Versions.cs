using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Pipeline.Client;

/// <summary>The version of a record: kept of what was read, named in what changes it.</summary>
public sealed class RecordVersion
{
    internal HeadersInspectionHandlerOption Inspection { get; } = new() { InspectResponseHeaders = true };

    /// <summary>The <c>ETag</c> of the last answer; null before it.</summary>
    public string? ETag => Inspection.ResponseHeaders.TryGetValue("ETag", out var tags) ? tags.FirstOrDefault() : null;
}

/// <summary>How a request says which version it read, or which one it is based on.</summary>
public static class Versions
{
    /// <summary>Keeps the version of what is answered.</summary>
    public static void Keep<T>(this RequestConfiguration<T> request, RecordVersion version)
        where T : class, new() => request.Options.Add(version.Inspection);

    /// <summary>Changes the record only if it still is of the version that was kept, else the answer is 412; keeps the new version.</summary>
    public static void ChangeOnly<T>(this RequestConfiguration<T> request, RecordVersion version)
        where T : class, new()
    {
        request.Headers.Add("If-Match", version.ETag ?? throw new InvalidOperationException("No version was read."));
        request.Options.Add(version.Inspection);
    }
}
