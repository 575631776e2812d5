using System.Collections.Immutable;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Control;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.CreatePartitions;

internal sealed class CreatePartitionsHandler() : ApiHandler<CreatePartitionsRequest>(ApiKey.CreatePartitions)
{
    protected override async ValueTask<IMessage> HandleAsync(CreatePartitionsRequest request, RequestContext context, CancellationToken cancel)
    {
        var response = new CreatePartitionsResponse();
        foreach (var topic in request.Topics)
        {
            var failure = await CreateAsync(topic, request.ValidateOnly, context, cancel);
            response.Results.Add(new CreatePartitionsResponse.Result { Name = topic.Name, Error = failure.Error, ErrorMessage = failure.Message });
        }

        return response;
    }

    private static async Task<ApiFailure> CreateAsync(
        CreatePartitionsRequest.Topic topic, bool validateOnly, RequestContext context, CancellationToken cancel)
    {
        var assignments = topic.Assignments?.ConvertAll(assignment => assignment.BrokerIds.ToImmutableArray());
        try
        {
            return await context.Broker.CallControllerAsync(
                controller => controller.CreatePartitions(topic.Name, topic.Count, assignments, validateOnly), cancel);
        }
        catch (BrokerUnreachableException)
        {
            return new ApiFailure(ErrorCode.RequestTimedOut, "The controller did not answer.");
        }
    }
}
