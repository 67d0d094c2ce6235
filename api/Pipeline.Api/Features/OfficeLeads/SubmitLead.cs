using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Domain.Projects;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.OfficeLeads;

/// <summary>Submits a lead of an out-posted office to the centre (R137). It is no report, and gives no place in any queue (R11).</summary>
public static class SubmitLead
{
    public static async Task<IResult> Handle(Call call)
    {
        var body = await call.Body(Validation.Of<LeadBodyRules>());
        return await call.Write(async session =>
        {
            var (caller, request) = (call.Caller, body.Value);
            if (body.Refusal is { } malformed)
                return malformed;
            var office = await StoreLead.OfficeOf(session, caller, request!.OfficeId);
            if (office.Refusal is { } refusal)
                return refusal;
            await session.Lock(LockName.Resources);
            var id = await StoreLead.Add(session, caller, office.Value, request);
            return await ReadLeads.Told(session, caller, id, 201);
        });
    }
}
