// Reads manifests with kubectl's and the API server's own code, for kubectl-readings.json.
//
// Each line of stdin is a file in base64; each line of stdout is a JSON list of what the file declares: the
// networking.k8s.io/v1 object as the server would keep it, or why kubectl or the server refuses it.
//
//	cd test/support/cluster-binaries && go run -mod=mod ../../adapters/render/record-kubectl/main.go
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/extensions/install"
	"k8s.io/kubernetes/pkg/apis/networking"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	"k8s.io/kubernetes/pkg/apis/networking/validation"
)

type reading struct {
	Object  *networkingv1.Ingress `json:"object,omitempty"`
	Refused string                `json:"refused,omitempty"`
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := input.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			file, _ := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(line)))
			answer, _ := json.Marshal(readFile(file))
			fmt.Println(string(answer))
		}
		if err != nil {
			return
		}
	}
}

// As k8s.io/cli-runtime's StreamVisitor does.
func readFile(file []byte) []reading {
	readings := []reading{}
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(file), 4096)
	for {
		document := runtime.RawExtension{}
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return readings
		}
		if err != nil {
			return append(readings, reading{Refused: err.Error()})
		}
		raw := bytes.TrimSpace(document.Raw)
		if len(raw) > 0 && !bytes.Equal(raw, []byte("null")) {
			readings = append(readings, readDocument(bytes.Clone(raw))...)
		}
	}
}

func readDocument(raw []byte) []reading {
	object, _, err := unstructured.UnstructuredJSONScheme.Decode(raw, nil, nil)
	if err != nil {
		return []reading{{Refused: err.Error()}}
	}
	if list, ok := object.(*unstructured.UnstructuredList); ok {
		var readings []reading
		for i := range list.Items {
			item, err := list.Items[i].MarshalJSON()
			if err != nil {
				return append(readings, reading{Refused: err.Error()})
			}
			readings = append(readings, readDocument(item)...)
		}
		return readings
	}
	return []reading{receive(object.(*unstructured.Unstructured))}
}

// As the API server does on create, before admission.
func receive(sent *unstructured.Unstructured) reading {
	body, err := sent.MarshalJSON()
	if err != nil {
		return reading{Refused: err.Error()}
	}
	kind := sent.GroupVersionKind()
	decoder := serializer.NewSerializerWithOptions(
		serializer.DefaultMetaFactory, legacyscheme.Scheme, legacyscheme.Scheme, serializer.SerializerOptions{})
	typed, _, err := decoder.Decode(body, &kind, nil)
	if err != nil {
		return reading{Refused: err.Error()}
	}
	legacyscheme.Scheme.Default(typed)
	internal, err := legacyscheme.Scheme.ConvertToVersion(
		typed, schema.GroupVersion{Group: kind.Group, Version: runtime.APIVersionInternal})
	if err != nil {
		return reading{Refused: err.Error()}
	}
	ingress, ok := internal.(*networking.Ingress)
	if !ok {
		return reading{Refused: fmt.Sprintf("not an Ingress but %T", internal)}
	}
	if ingress.Namespace == "" {
		ingress.Namespace = "default"
	}
	if refused := validation.ValidateIngressCreate(ingress); len(refused) > 0 {
		return reading{Refused: refused.ToAggregate().Error()}
	}
	kept := &networkingv1.Ingress{}
	if err := legacyscheme.Scheme.Convert(ingress, kept, nil); err != nil {
		return reading{Refused: err.Error()}
	}
	kept.SetGroupVersionKind(networkingv1.SchemeGroupVersion.WithKind("Ingress"))
	return reading{Object: kept}
}
