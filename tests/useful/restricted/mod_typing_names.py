# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# The other names of typing, as annotations use them.
import typing as t

P = t.ParamSpec("P")
Ts = t.TypeVarTuple("Ts")
Alias: t.TypeAlias = "list[int]"


def a(x: t.Annotated[int, "positive"], y: t.Type[int], z: t.Tuple[int, ...]) -> t.NoReturn | None: ...
def b(f: t.Callable[t.Concatenate[int, P], int], *args: P.args, **kwargs: P.kwargs) -> None: ...
def c(x: t.AbstractSet[int], z: t.Container[int], w: t.ContextManager[int]) -> t.Hashable: ...
def d(x: t.ItemsView, y: t.KeysView, z: t.Mapping[str, int], w: t.MappingView, v: t.MutableMapping, u: t.MutableSequence, s: t.MutableSet) -> t.Sequence[int]: ...
def e(x: t.Sized, y: t.ValuesView, z: t.Collection[int], w: t.Reversible[int], v: t.ChainMap, u: t.Counter[str], s: t.Deque[int]) -> t.Dict[str, int]: ...
def f(x: t.DefaultDict[str, int], y: t.List[int], z: t.OrderedDict, w: t.Set[int], v: t.FrozenSet[int], u: t.Generator[int, None, None]) -> t.AnyStr: ...
def g(x: t.SupportsAbs, y: t.SupportsBytes, z: t.SupportsComplex, w: t.SupportsFloat, v: t.SupportsIndex, u: t.SupportsInt, s: t.SupportsRound) -> t.Text: ...
def h(x: int) -> t.Never: ...
def i(w: t.Match[str], v: t.Pattern[str]) -> t.LiteralString: ...
def j(x: object) -> t.TypeGuard[int]: return isinstance(x, int)
def k(*args: t.Unpack[Ts]) -> None: ...


class Row(t.TypedDict):
    id: t.Required[int]
    note: t.NotRequired[str]


@t.final
class Leaf:
    pass


print(j(3), j("x"), t.assert_type(3, int), Row(id=1), Leaf.__name__, t.is_typeddict(Row))
print(t.get_origin(list[int]) is list, t.get_args(dict[str, int]), t.get_origin(t.Union[int, str]) is t.Union)
try:
    t.assert_never("left over")
except AssertionError as e:
    print(e)
