using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using Microsoft.OpenApi;

namespace Pipeline.Api.Http.Description;

/// <summary>What the rules of a body say of its members, told in its schema, so that the description asks for what the program asks for.</summary>
internal sealed class BodyLimits
{
    public static readonly BodyLimits None = new(null, []);

    private static readonly ConcurrentDictionary<Type, BodyLimits> Known = new();

    private static readonly Lazy<ILookup<Type, IValidator>> Validators = new(Find);

    private readonly IReadOnlyList<string> marked;

    private readonly ILookup<string, (IRuleComponent Rule, bool OfEach)> rules;

    private BodyLimits(Type? type, IEnumerable<IValidator> validators)
    {
        marked =
        [
            .. (type?.GetProperties() ?? [])
                .Where(property =>
                    property.IsDefined(typeof(RequiredAttribute)) || property.IsDefined(typeof(RequiredMemberAttribute))
                )
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)),
        ];
        rules = validators
            .SelectMany(validator => validator.CreateDescriptor().Rules)
            .Where(rule => !rule.HasCondition && rule.PropertyName is not null)
            .SelectMany(rule =>
                rule.Components.Where(component => !component.HasCondition)
                    .Select(component => (rule.PropertyName, Rule: component, OfEach: IsOfEach(rule)))
            )
            .ToLookup(each => each.PropertyName, each => (each.Rule, each.OfEach), StringComparer.Ordinal);
    }

    /// <summary>The members that must be there: by a rule, or marked so where a rule of the domain asks for them.</summary>
    public IEnumerable<string> Required =>
        rules
            .Where(member => member.Any(rule => !rule.OfEach && IsThere(rule.Rule)))
            .Select(member => member.Key)
            .Concat(marked);

    public static BodyLimits Of(Type type) => Known.GetOrAdd(type, static type => new(type, Validators.Value[type]));

    /// <summary>The schema of a member, with its limits.</summary>
    public IOpenApiSchema Hold(string member, IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema inline)
            return schema;
        foreach (var (rule, ofEach) in rules[member])
        {
            var told = ofEach ? inline.Items as OpenApiSchema : inline;
            if (told is not null)
                Tell(told, rule, ofEach);
        }

        return inline;
    }

    private static void Tell(OpenApiSchema schema, IRuleComponent rule, bool ofEach)
    {
        switch (rule.Validator)
        {
            case ILengthValidator length when schema.Type?.HasFlag(JsonSchemaType.String) == true:
                schema.MaxLength = length.Max > 0 ? length.Max : null;
                schema.MinLength = length.Min > 0 ? length.Min : schema.MinLength;
                break;
            case IMaximumCount count when schema.Type?.HasFlag(JsonSchemaType.Array) == true:
                schema.MaxItems = count.Max;
                break;
            case IBetweenValidator { From: IConvertible from, To: IConvertible to } when schema.Type is not null:
                schema.Minimum = from.ToString(CultureInfo.InvariantCulture);
                schema.Maximum = to.ToString(CultureInfo.InvariantCulture);
                break;
            case IRegularExpressionValidator pattern:
                schema.Pattern = pattern.Expression.Replace(@"\z", "$", StringComparison.Ordinal);
                break;
            default:
                break;
        }

        if (rule.ErrorCode == "id" && schema.Type?.HasFlag(JsonSchemaType.String) == true)
            schema.Pattern = Ids.Pattern;
        if (rule.Validator is INotEmptyValidator && schema.Type?.HasFlag(JsonSchemaType.String) == true)
            schema.MinLength = 1;
        if (rule.Validator is INotEmptyValidator && schema.Type?.HasFlag(JsonSchemaType.Array) == true)
            schema.MinItems = 1;
    }

    /// <summary>Whether a rule asks for something to be there.</summary>
    private static bool IsThere(IRuleComponent rule) => rule.Validator is INotEmptyValidator or INotNullValidator;

    private static bool IsOfEach(IValidationRule rule) =>
        rule.GetType()
            .GetInterfaces()
            .Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));

    /// <summary>The validators of the program by what they validate, with those that stand within others.</summary>
    private static ILookup<Type, IValidator> Find()
    {
        var found = new List<IValidator>();
        var left = new Stack<IValidator>(
            new[] { typeof(BodyLimits).Assembly, typeof(Validation).Assembly }
                .SelectMany(assembly => assembly.GetTypes())
                .Where(type =>
                    !type.IsAbstract && !type.ContainsGenericParameters && type.IsAssignableTo(typeof(IValidator))
                )
                .Select(Make)
                .OfType<IValidator>()
        );
        while (left.TryPop(out var validator))
        {
            found.Add(validator);
            foreach (
                var inner in validator
                    .CreateDescriptor()
                    .Rules.Where(rule => !rule.HasCondition)
                    .SelectMany(rule => rule.Components)
                    .Where(component => !component.HasCondition && component.Validator is IChildValidatorAdaptor)
            )
                if (Inline(inner.Validator) is { } child)
                    left.Push(child);
        }

        return found.ToLookup(Validated);
    }

    private static Type Validated(IValidator validator) =>
        validator
            .GetType()
            .GetInterfaces()
            .First(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IValidator<>))
            .GetGenericArguments()[0];

    /// <summary>The rules that are written within another validator; null for one of the program's own, which is found by itself.</summary>
    private static IValidator? Inline(IPropertyValidator adaptor)
    {
        var ask = adaptor.GetType().GetMethod("GetValidator")!;
        var nothing = Activator.CreateInstance(ask.GetParameters()[0].ParameterType, [null]);
        return
            ask.Invoke(adaptor, [nothing, null]) is IValidator child
            && child.GetType().Assembly == typeof(IValidator).Assembly
            ? child
            : null;
    }

    private static IValidator? Make(Type type) =>
        type.GetField("Complete", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as IValidator
        ?? (
            type.GetConstructors().FirstOrDefault() is { } constructor
            && constructor.GetParameters().All(parameter => parameter.ParameterType.IsValueType)
                ? (IValidator)
                    constructor.Invoke([
                        .. constructor
                            .GetParameters()
                            .Select(parameter => Activator.CreateInstance(parameter.ParameterType)),
                    ])
                : null
        );
}
