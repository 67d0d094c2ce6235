using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Pipeline.Api.Http;

/// <summary>
/// Lists, reports and tables go out compressed. Nothing does that carries a secret: answers about signing in and one's own account, and everything that is posted; what bears a strong
/// ETag goes out as it is, since the tag names these very bytes. No cookie opens the API, so no other site's page can have answers made whose lengths it could compare.
/// </summary>
public static class Compression
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "text/csv"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, WithoutTag>();
    }

    public static void UseCompression(this WebApplication app) =>
        app.UseWhen(Fits, lists => lists.UseResponseCompression());

    private static bool Fits(HttpContext context)
    {
        var request = context.Request;
        return HttpMethods.IsGet(request.Method)
            && request.Headers.AcceptEncoding.Count > 0
            && request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase, out var rest)
            && !rest.StartsWithSegments("/auth", StringComparison.OrdinalIgnoreCase)
            && !rest.StartsWithSegments("/me", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class WithoutTag(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            context.Response.Headers.ETag.Count == 0 && base.ShouldCompressResponse(context);
    }
}
