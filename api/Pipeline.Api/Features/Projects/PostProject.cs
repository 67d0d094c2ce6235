using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Projects;

/// <summary>Registers a project below the report threshold; see <see cref="RegisterProject"/>.</summary>
public static class PostProject
{
    public static async Task<IResult> Handle(Call call, RegisterProject register, RuleBooks ruleBooks)
    {
        var body = await call.Body(ProjectRules.Complete);
        return await call.Write(async session =>
            body.Refusal is { } malformed ? malformed : await Take(session, call, body.Value!, register, ruleBooks)
        );
    }

    /// <summary>Registers a project of valid facts.</summary>
    public static async Task<Reply> Take(
        Session session,
        Call call,
        ProjectBody body,
        RegisterProject register,
        RuleBooks ruleBooks
    )
    {
        if (await Leaders.Unknown(session, body.Leaders, "leaders") is { } unknown)
            return unknown;
        if (call.ValidateOnly)
        {
            var rules = await ruleBooks.Current(session);
            return RegisterProject.ReportRequired(rules, body, session.Today.Year) is { } required
                ? required
                : Reply.NothingStored;
        }

        var result = await register.Register(session, call.Caller, body);
        if (result.Refusal is { } refusal)
            return refusal;
        var project = (await LoadProject.For(session, call.Caller, result.Value))!;
        return await ProjectEndpoints.Answer(
            session,
            call.Caller,
            ruleBooks,
            project,
            201,
            $"/api/v1/projects/{project.Id}"
        );
    }
}
