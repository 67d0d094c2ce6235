using Microsoft.OpenApi;
using Pipeline.Api.Http.Access;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pipeline.Api.Http.Description;

/// <summary>What the groups of operations are about, as their routes say.</summary>
internal sealed class Tags : IDocumentFilter
{
    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var told = context
            .ApiDescriptions.SelectMany(api => api.ActionDescriptor.EndpointMetadata.OfType<TagText>())
            .DistinctBy(tag => tag.Name)
            .ToDictionary(tag => tag.Name, tag => tag.Text, StringComparer.Ordinal);
        var names = document
            .Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
            .SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name!)
            .Distinct()
            .Order(StringComparer.Ordinal);
        document.Tags = new HashSet<OpenApiTag>(
            names.Select(name => new OpenApiTag { Name = name, Description = told.GetValueOrDefault(name) })
        );
    }
}
