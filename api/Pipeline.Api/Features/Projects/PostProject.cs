using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Projects;

/// <summary>Registers a project below the report threshold; see <see cref="RegisterProject"/>.</summary>
public static class PostProject
{
    public static async Task<IResult> Handle(Call call, RegisterProject register, RuleBooks ruleBooks)
    {
        var body = await call.Body(ProjectRules.Complete);
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            if (await Leaders.Unknown(session, body.Value!.Leaders, "leaders") is { } unknown)
                return unknown;
            if (call.ValidateOnly)
            {
                var rules = await ruleBooks.Current(session);
                return RegisterProject.ReportRequired(rules, body.Value!, session.Today.Year) is { } required
                    ? required
                    : Reply.NothingStored;
            }

            var result = await register.Register(session, call.Caller, body.Value!);
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
        });
    }
}
