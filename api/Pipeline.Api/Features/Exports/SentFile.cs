using Microsoft.Net.Http.Headers;
using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Exports;

/// <summary>A file that is sent while it is being made.</summary>
internal static class SentFile
{
    /// <summary>Says what follows: its type, and what to call it.</summary>
    public static void Begin(
        Call call,
        string contentType,
        string name,
        string nameInWords,
        DateOnly today,
        string extension
    )
    {
        var response = call.Context.Response;
        response.ContentType = contentType;
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"{name}-{today:yyyy-MM-dd}.{extension}",
            FileNameStar = $"{nameInWords}-{today:yyyy-MM-dd}.{extension}",
        }.ToString();
    }

    /// <summary>Sends what was written so far, as fast as it is taken.</summary>
    public static async Task Flush(Call call, ITable table)
    {
        await table.Flush();
        await call.Context.Response.BodyWriter.FlushAsync(call.Context.RequestAborted);
        call.Context.RequestAborted.ThrowIfCancellationRequested();
    }
}
