using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Pipeline.Api.Features.Service;

/// <summary>The pages: static files, and one document for every route of theirs.</summary>
public static class Spa
{
    public static IApplicationBuilder UseSpaFiles(this IApplicationBuilder app, Layout layout) => !Directory.Exists(layout.Web)
        ? app
        : app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = Types(),
            FileProvider = new PhysicalFileProvider(layout.Web),
            OnPrepareResponse = file =>
            {
                // Assets carry a hash in their name and never change; the document must be asked for again.
                var immutable = file.Context.Request.Path.StartsWithSegments("/assets");
                file.Context.Response.Headers.CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
            },
        });

    /// <summary>What is known of file names, and the encodings and fonts that a shown PDF may lean on.</summary>
    private static FileExtensionContentTypeProvider Types()
    {
        var types = new FileExtensionContentTypeProvider();
        foreach (var kind in (string[])[".bcmap", ".pfb"])
            types.Mappings[kind] = "application/octet-stream";
        return types;
    }

    /// <summary>Every address that is no route of the API and no file is a page: the document answers, whatever Accept says.</summary>
    public static void UseSpaDocument(this WebApplication app, Layout layout)
    {
        var document = Path.Combine(layout.Web, "index.html");
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            return context.GetEndpoint() is not null || path.StartsWithSegments("/api") || Path.HasExtension(path.Value)
                || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                ? next()
                : Send(context, document);
        });
    }

    private static Task Send(HttpContext context, string document)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return (File.Exists(document)
            ? Results.File(document, "text/html; charset=utf-8")
            : Results.Text("The pages are not built: run `npm ci && npm run build` in web/.", statusCode: 503)).ExecuteAsync(context);
    }

    /// <summary>Headers that keep a page to itself: scripts only from here, no framing, no sniffing.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the last moment: an answer that fails is cleared and begun anew.
        context.Response.OnStarting(() =>
        {
            Protect(context, app.Environment);
            return Task.CompletedTask;
        });
        return next();
    });

    private static void Protect(HttpContext context, IHostEnvironment environment)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; worker-src 'self'; manifest-src 'self'; connect-src 'self'; frame-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (!environment.IsDevelopment() && context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }
}
