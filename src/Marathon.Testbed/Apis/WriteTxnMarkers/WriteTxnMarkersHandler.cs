using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Apis.WriteTxnMarkers;

internal sealed class WriteTxnMarkersHandler() : ApiHandler<WriteTxnMarkersRequest>(ApiKey.WriteTxnMarkers)
{
    protected override async ValueTask<IMessage> HandleAsync(WriteTxnMarkersRequest request, RequestContext context, CancellationToken cancel)
    {
        var response = new WriteTxnMarkersResponse();
        foreach (var marker in request.Markers)
        {
            var answer = new WriteTxnMarkersResponse.Marker { ProducerId = marker.ProducerId };
            response.Markers.Add(answer);
            foreach (var topic in marker.Topics)
            {
                var errors = new PartitionErrors { Name = topic.Name };
                answer.Topics.Add(errors);
                foreach (var index in topic.Partitions)
                {
                    var error = await context.Broker.WriteMarkerAsync(
                        new TopicPartition(topic.Name, index),
                        marker.ProducerId,
                        marker.ProducerEpoch,
                        new ControlMarker(marker.Committed, marker.CoordinatorEpoch),
                        cancel);
                    errors.Partitions.Add(new PartitionErrors.Entry { Index = index, Error = error });
                }
            }
        }

        return response;
    }
}
