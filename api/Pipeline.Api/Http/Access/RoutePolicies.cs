using System.Diagnostics.CodeAnalysis;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http.Access;

/// <summary>How routes say what they are; a test walks them all.</summary>
public static class RoutePolicies
{
    public static TBuilder Allows<TBuilder>(this TBuilder builder, Act act)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Needs(act));

    /// <summary>Open even to a caller who has something to do first.</summary>
    public static TBuilder BeforeAnythingElse<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BeforeAnythingElse());

    public static TBuilder Open<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToAll());

    /// <summary>Whether the route takes <c>validateOnly</c>: everything that a caller can have stored does.</summary>
    public static bool TakesValidateOnly(string method, IEnumerable<object> metadata) =>
        !HttpMethods.IsGet(method)
        && !HttpMethods.IsHead(method)
        && !metadata.Any(item => item is OpenToAll or Http.StoresNothing);

    /// <summary>Takes long in a large city, and so runs behind what people wait for at their screens.</summary>
    public static RouteHandlerBuilder RunsInBackground(this RouteHandlerBuilder builder)
    {
        builder.Add(endpoint =>
        {
            var handle = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => BackgroundWork.Run(() => handle(context));
        });
        return builder;
    }

    /// <summary>A POST that only reads.</summary>
    public static RouteHandlerBuilder StoresNothing(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new Http.StoresNothing());

    /// <summary>Documents the JSON body.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder)
        where T : notnull => builder.Accepts<T>("application/json");

    /// <summary>Shows a body that is right, as the description tells it; a test sends each.</summary>
    public static RouteHandlerBuilder Example(
        this RouteHandlerBuilder builder,
        [StringSyntax(StringSyntaxAttribute.Json)] string body
    ) => builder.WithMetadata(new BodyExample(body));

    /// <summary>Documents a merge patch of a body.</summary>
    public static RouteHandlerBuilder TakesPatchOf<T>(this RouteHandlerBuilder builder)
        where T : notnull => builder.Accepts<T>("application/merge-patch+json", "application/json").NeedsIfMatch();

    /// <summary>Documents a JSON body of which members may be missing, which are then as they were before; some must be there.</summary>
    public static RouteHandlerBuilder TakesPartOf<T>(this RouteHandlerBuilder builder, params string[] needed)
        where T : notnull => builder.Takes<T>().WithMetadata(new PartialBody(needed));

    /// <summary>Documents that the answer carries an ETag although its body tells no version.</summary>
    public static RouteHandlerBuilder AnswersVersion(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new VersionAnswered());

    /// <summary>Documents that a part of the file can be asked for (RFC 9110 §14).</summary>
    public static RouteHandlerBuilder AnswersRanges(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new RangesAnswered());

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder builder, int status = 200) =>
        builder.Produces<T>(status);

    /// <summary>Documents problems beyond those that every route may answer.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses)
            builder.Produces<Problem>(status, "application/problem+json");
        return builder;
    }

    /// <summary>Documents the refusals that are this operation's own, by slug; a test holds its answers to them.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder builder, params string[] slugs) =>
        builder
            .WithMetadata(new OwnRefusals(slugs))
            .Refuses([.. slugs.Select(slug => Problems.Statuses[slug]).Distinct()]);

    /// <summary>Documents the refusals that are told within an answer, of an item or a row, by slug.</summary>
    public static RouteHandlerBuilder TellsWithin(this RouteHandlerBuilder builder, params string[] slugs) =>
        builder.WithMetadata(new RefusalsWithin(slugs));

    /// <summary>Documents that If-Match is needed; the use case checks it at its place in the order of checks.</summary>
    public static RouteHandlerBuilder NeedsIfMatch(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new IfMatchNeeded()).Refuses(412, 428);

    /// <summary>Groups operations in the description, and says what the group is about.</summary>
    public static TBuilder Tagged<TBuilder>(this TBuilder builder, string tag, string text)
        where TBuilder : IEndpointConventionBuilder => builder.WithTags(tag).WithMetadata(new TagText(tag, text));

    /// <summary>Documents query parameters that the use case reads itself.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder builder, params QueryParameter[] parameters) =>
        builder.WithMetadata(new QueryParameters(parameters));

    /// <summary>Documents a header of the request that the use case reads itself.</summary>
    public static RouteHandlerBuilder TakesHeader(this RouteHandlerBuilder builder, string name, string text) =>
        builder.WithMetadata(new HeaderTaken(name, text));

    /// <summary>Documents what stands at a place of the path that is no id.</summary>
    public static RouteHandlerBuilder ReadsPath(this RouteHandlerBuilder builder, QueryParameter parameter) =>
        builder.WithMetadata(new PathParameter(parameter));
}

/// <summary>See <see cref="RoutePolicies.Refuses(RouteHandlerBuilder, string[])"/>.</summary>
public sealed record OwnRefusals(IReadOnlyList<string> Slugs);

/// <summary>See <see cref="RoutePolicies.TellsWithin"/>.</summary>
public sealed record RefusalsWithin(IReadOnlyList<string> Slugs);

/// <summary>See <see cref="RoutePolicies.NeedsIfMatch"/>.</summary>
public sealed record IfMatchNeeded;

/// <summary>See <see cref="RoutePolicies.Example"/>.</summary>
public sealed record BodyExample(string Json);

/// <summary>See <see cref="RoutePolicies.TakesPartOf"/>.</summary>
public sealed record PartialBody(IReadOnlyList<string> Needed);

/// <summary>See <see cref="RoutePolicies.AnswersVersion"/>.</summary>
public sealed record VersionAnswered;

/// <summary>See <see cref="RoutePolicies.AnswersRanges"/>.</summary>
public sealed record RangesAnswered;

/// <summary>See <see cref="RoutePolicies.TakesHeader"/>.</summary>
public sealed record HeaderTaken(string Name, string Text);

/// <summary>See <see cref="RoutePolicies.Reads"/>.</summary>
public sealed record QueryParameters(IReadOnlyList<QueryParameter> All);

/// <summary>See <see cref="RoutePolicies.Tagged"/>.</summary>
public sealed record TagText(string Name, string Text);

/// <summary>See <see cref="RoutePolicies.ReadsPath"/>.</summary>
public sealed record PathParameter(QueryParameter Parameter);
