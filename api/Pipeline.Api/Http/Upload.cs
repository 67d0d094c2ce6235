using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>A form with a file, read while it arrives: what is long goes to the disk and from there to where it lies, so that no more than a piece of it is ever in memory.</summary>
public sealed class Upload : IAsyncDisposable
{
    private const int MostParts = 100,
        LongestFields = 64 << 10,
        InMemory = 64 << 10;

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileBufferingReadStream? content;

    /// <summary>What was given beside the file; of a name given twice, the last.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <summary>The name of the file as it was sent; null when there is none, or an empty one.</summary>
    public string? FileName { get; private set; }

    public long Size { get; private set; }

    /// <summary>The SHA-256 of the file, in hexadecimal.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>The file, from its beginning; it can be read as often as needed.</summary>
    public Stream Content
    {
        get
        {
            content!.Position = 0;
            return content;
        }
    }

    /// <summary>Reads the form of a request; what it holds is gone with the request.</summary>
    public static async Task<(Upload Form, Refusal? Refusal)> Read(HttpRequest request)
    {
        var upload = new Upload();
        request.HttpContext.Response.RegisterForDisposeAsync(upload);
        IdempotencyKey.TakeForBody(request, []);
        if (!request.HasFormContentType)
            return (upload, new Refusal(RefusalKind.Invalid, "unsupported-media-type"));
        var malformed = new Refusal(RefusalKind.Invalid, "malformed-request");
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary
        )
            return (upload, malformed);
        try
        {
            var refusal = await upload.Take(
                new MultipartReader(boundary, request.Body),
                request.HttpContext.RequestAborted
            );
            IdempotencyKey.TakeForBody(request, upload.digest.GetHashAndReset());
            return (upload, refusal);
        }
        catch (BadHttpRequestException)
        {
            throw;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // It ends before its last boundary, or is no multipart at all.
            return (upload, malformed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        digest.Dispose();
        if (content is not null)
            await content.DisposeAsync();
    }

    private async Task<Refusal?> Take(MultipartReader reader, CancellationToken cancel)
    {
        var (parts, fieldBytes) = (0, 0);
        while (await reader.ReadNextSectionAsync(cancel) is { } part)
        {
            if (
                ++parts > MostParts
                || !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
            )
                return new Refusal(RefusalKind.Invalid, "malformed-request");
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (disposition.IsFileDisposition())
            {
                var given = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                if (name == "file" && content is null)
                {
                    if (!await TakeFile(part.Body, HeaderUtilities.RemoveQuotes(given).Value ?? "", cancel))
                        return new Refusal(RefusalKind.Invalid, "payload-too-large");
                }
            }
            else
            {
                var text = new byte[LongestFields - fieldBytes + 1];
                var read = await part.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancel);
                if ((fieldBytes += read) > LongestFields)
                    return new Refusal(RefusalKind.Invalid, "payload-too-large");
                fields[name] = Encoding.UTF8.GetString(text, 0, read);
                Append($"{name}={fields[name]}");
            }
        }

        return null;
    }

    private async Task<bool> TakeFile(Stream body, string name, CancellationToken cancel)
    {
        content = new FileBufferingReadStream(body, InMemory, bufferLimit: null, Path.GetTempPath());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[16 << 10];
        while (await content.ReadAsync(piece, cancel) is > 0 and var read)
        {
            if ((Size += read) > FileKinds.MaxSize)
                return false;
            hash.AppendData(piece, 0, read);
        }

        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        FileName = Size == 0 ? null : name;
        Append($"file:{name}={Sha256}");
        return true;
    }

    private void Append(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        digest.AppendData(BitConverter.GetBytes(bytes.Length));
        digest.AppendData(bytes);
    }
}
