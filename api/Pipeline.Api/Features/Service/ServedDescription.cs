using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Service;

/// <summary>The API's description as it is served: made once, since it never changes while the program runs, plain and compressed, each with its tag.</summary>
public sealed class ServedDescription(Layout layout, IServiceProvider services)
{
    private readonly Lazy<Task<Variants>> json = new(async () =>
        Variants.Of("application/json", Encoding.UTF8.GetBytes(await Documentation.AsJson(services)))
    );

    private readonly Lazy<Task<Variants>> yaml = new(async () =>
        Variants.Of("application/yaml", await File.ReadAllBytesAsync(layout.OpenApi))
    );

    public Task<IResult> Json(HttpContext context) => Serve(context, json);

    public Task<IResult> Yaml(HttpContext context) => Serve(context, yaml);

    private static async Task<IResult> Serve(HttpContext context, Lazy<Task<Variants>> lazy)
    {
        var variants = await lazy.Value;
        var compressed = context
            .Request.GetTypedHeaders()
            .AcceptEncoding.Any(one =>
                one.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && one.Quality is not 0
            );
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Encoding";
        if (compressed)
            headers.ContentEncoding = "br";
        var bytes = compressed ? variants.Compressed : variants.Plain;
        var tag = compressed ? $"\"{variants.Hash}-br\"" : $"\"{variants.Hash}\"";
        return Results.Bytes(bytes, variants.Type, entityTag: new EntityTagHeaderValue(tag));
    }

    private sealed record Variants(string Type, byte[] Plain, byte[] Compressed, string Hash)
    {
        public static Variants Of(string type, byte[] plain)
        {
            using var compressed = new MemoryStream();
            using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
                brotli.Write(plain);
            return new Variants(
                type,
                plain,
                compressed.ToArray(),
                Convert.ToHexStringLower(SHA256.HashData(plain))[..16]
            );
        }
    }
}
